import { fork } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { performance } from "node:perf_hooks";
import { afterEach, expect, it } from "vitest";
import { type Doors, openDoors, sharedPort } from "./doors.ts";

const host = "127.0.0.1";
const opened: { server: Server; doors: Doors }[] = [];
afterEach(async () => {
  for (const { server, doors } of opened.splice(0)) {
    server.closeAllConnections();
    server.close();
    await doors.close();
  }
});

async function open(count: number): Promise<{ port: number; server: Server; doors: Doors }> {
  const server = createServer((_request, response) => response.end("here"));
  server.listen(await sharedPort({ port: 0, host, backlog: 4_096 }));
  await once(server, "listening");
  const doors = await openDoors(server, { host, backlog: 4_096, count });
  opened.push({ server, doors });
  return { port: (server.address() as AddressInfo).port, server, doors };
}

it("a busy event loop takes several new connections in each turn", async () => {
  const { port, server } = await open(16);
  let most = 0;
  let now = 0;
  let busy = true;
  server.on("connection", () => {
    now += 1;
  });
  const turn = () => {
    most = Math.max(most, now);
    now = 0;
    const end = performance.now() + 5;
    while (performance.now() < end);
    if (busy) setImmediate(turn);
  };
  turn();
  const client = fork(new URL("../../test/support/many-clients.ts", import.meta.url).pathname, [
    String(port),
    "200",
  ]);
  const [answered] = await once(client, "message");
  busy = false;
  expect(answered).toBe(200);
  expect(most).toBeGreaterThan(3);
});

it("a port that is taken stays taken", async () => {
  const { port } = await open(4);
  await expect(sharedPort({ port, host })).rejects.toMatchObject({ code: "EADDRINUSE", port });
});

it("nobody comes in any more after they are closed", async () => {
  const { port, server, doors } = await open(4);
  expect(await (await fetch(`http://${host}:${port}`)).text()).toBe("here");
  server.close();
  server.closeAllConnections();
  await doors.close();
  for (let at = 0; at < 8; at += 1) {
    await expect(fetch(`http://${host}:${port}`)).rejects.toThrow("fetch failed");
  }
});
