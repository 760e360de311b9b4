import type { Page } from "playwright-core";

/** A phone of some years ago on a poor network, as page tests take it. */
export const slowProfile = {
  cpuSlowdown: 4,
  kilobitsPerSecondDown: 1_600,
  kilobitsPerSecondUp: 750,
  roundTripMs: 150,
} as const;

const bytesPerSecond = (kilobits: number) => (kilobits * 1000) / 8;

/** From here on the page is as slow as that, whatever the machine is. */
export async function slowDown(page: Page): Promise<void> {
  const debuggers = await page.context().newCDPSession(page);
  await debuggers.send("Network.enable");
  await debuggers.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: slowProfile.roundTripMs,
    downloadThroughput: bytesPerSecond(slowProfile.kilobitsPerSecondDown),
    uploadThroughput: bytesPerSecond(slowProfile.kilobitsPerSecondUp),
  });
  await debuggers.send("Emulation.setCPUThrottlingRate", { rate: slowProfile.cpuSlowdown });
}
