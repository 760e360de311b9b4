// What signals do to the program: one drains it, another one later ends it at once.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { dataDirectory } from "#support/data-directory";

const patienceMs = 30_000;
const left: (() => unknown)[] = [];
afterEach(async () => {
  for (let leave = left.pop(); leave !== undefined; leave = left.pop()) await leave();
});

/** The program in a process of its own, once it has said where it is. */
async function startProgram() {
  const folder = await dataDirectory();
  const file = join(import.meta.dirname, "..", "main.ts");
  const slow = ["--limit-drain-ms", "15000", "--limit-close-ms", "15000"];
  const flags = ["--port", "0", "--database", "memory", "--data-dir", folder.path, ...slow];
  const child = spawn(process.execPath, [file, ...flags], { stdio: ["ignore", "pipe", "pipe"] });
  const exit = once(child, "exit");
  left.push(async () => {
    child.kill("SIGKILL");
    await exit;
    await folder.remove();
  });
  let said = "";
  const keep = (text: Buffer) => {
    said += text;
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const port = await until(() => /http:\/\/localhost:(\d+)\/api/.exec(said)?.[1]);
  return { child, exit, port: Number(port), said: () => said };
}

async function until<T>(look: () => T | undefined): Promise<T> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error("it did not come");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A station that never answers, not even the end of its socket. */
async function deafStation(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  left.push(() => socket.destroy());
  socket.write(
    "GET /ocpp/DEAF HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n" +
      "Sec-WebSocket-Protocol: ocpp1.6\r\n\r\n",
  );
  const [answer] = await once(socket, "data");
  expect(String(answer)).toContain("101 Switching Protocols");
  return socket;
}

it("one signal lets it end in order", async () => {
  const { child, exit, said } = await startProgram();
  child.kill("SIGTERM");
  expect(await exit).toEqual([0, null]);
  expect(said()).toContain("Stopped. Nothing is lost.");
}, 60_000);

it("a signal while it drains ends it at once", async () => {
  const { child, exit, port, said } = await startProgram();
  await deafStation(port);
  child.kill("SIGTERM");
  await until(() => (said().includes("Draining") ? true : undefined));
  const startedMs = performance.now();
  // The first second's are one, told to a whole group of processes.
  const again = setInterval(() => child.kill("SIGINT"), 100);
  left.push(() => clearInterval(again));
  expect(await exit).toEqual([1, null]);
  expect(performance.now() - startedMs).toBeLessThan(10_000);
}, 60_000);
