// Guesses from one address: they are turned away unread, and stations elsewhere notice nothing.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestMotown, type TestMotown } from "#support/motown";
import { connectRaw, refusal } from "#support/rpc/raw-station";

const wrongPasswordsPerMinuteMax = 20;
let house: TestMotown;
let password: string;
const url = () => `${house.wireUrl}/GUARDED`;
const basic = (secret: string) => ({
  headers: { authorization: `Basic ${Buffer.from(`GUARDED:${secret}`).toString("base64")}` },
});
const guess = (localAddress: string, at: number) =>
  refusal(connectRaw(url(), { ...basic(`guess-${at}`), localAddress }));

beforeAll(async () => {
  house = await startTestMotown({ limits: { wrongPasswordsPerMinuteMax } });
  await house.admit("GUARDED");
  await house.admit("OPEN");
  const path = "/api/v1/charging-stations/GUARDED/password";
  const answer = await house.api<{ password: string }>("PUT", path, {});
  password = answer.body.password;
});
afterAll(() => house.stop());

describe("wrong passwords from one address", () => {
  it("are refused, beyond a number without a look, and others are let in", async () => {
    const statuses: number[] = [];
    for (let at = 0; at < wrongPasswordsPerMinuteMax * 3; at += 1) {
      const { status, headers } = await guess("127.0.0.9", at);
      statuses.push(status);
      if (status === 429) expect(Number(headers["retry-after"])).toBeGreaterThan(0);
    }
    const refused = (status: number) => statuses.filter((one) => one === status).length;
    expect(refused(401)).toBe(wrongPasswordsPerMinuteMax);
    expect(refused(429)).toBe(wrongPasswordsPerMinuteMax * 2);
    const station = await connectRaw(url(), basic(password));
    expect(JSON.parse(await station.ask('[2,"h","Heartbeat",{}]'))).toMatchObject({ 0: 3 });
    station.ws.terminate();
  });

  it("do not shut out their neighbours behind one router while a station is connected", async () => {
    const localAddress = "127.0.0.10";
    const station = await connectRaw(`${house.wireUrl}/OPEN`, { localAddress });
    for (let at = 0; at < wrongPasswordsPerMinuteMax + 5; at += 1) {
      expect((await guess(localAddress, at)).status).toBe(401);
    }
    const neighbour = await connectRaw(url(), { ...basic(password), localAddress });
    neighbour.ws.terminate();
    station.ws.terminate();
  });

  it("are told to the operator in a line or two", async () => {
    const lines = house.log.lines.filter(({ message }) => message === "A connection was refused");
    expect(lines.length).toBeLessThanOrEqual(3);
    const { body } = await house.api<{ items: { address: string; count: number }[] }>(
      "GET",
      "/api/v1/connection-attempts",
    );
    const counts = body.items.filter(({ address }) => address === "127.0.0.9");
    expect(counts.map(({ count }) => count).sort((a, b) => a - b)).toEqual([20, 40]);
  });
});
