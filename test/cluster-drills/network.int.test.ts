// Ways that are cut are cut, each way by itself, and are whole again afterwards: a drill on a
// network that loses nothing would prove nothing.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createNetwork, type DrillNetwork, type NetworkPlace } from "./network.ts";

let network: DrillNetwork;
let place: NetworkPlace;
let server: Server;
let heard: string[];
let told: string[];
let stop: () => void;

/** Says "again" four times a second to whoever it is connected with, and prints what it hears. */
const talker = `
  const [host, port] = process.argv.slice(1);
  const socket = require("net").connect(Number(port), host);
  setInterval(() => socket.write("again "), 50);
  socket.on("data", (part) => process.stdout.write(part));
`;

beforeEach(async () => {
  network = createNetwork();
  place = network.addPlace();
  [heard, told] = [[], []];
  server = createServer((socket: Socket) => {
    const timer = setInterval(() => socket.write("well "), 50);
    socket.on("data", (part) => heard.push(String(part)));
    socket.on("error", () => undefined).on("close", () => clearInterval(timer));
  }).listen(0, "0.0.0.0");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const [file = "", ...args] = [...place.under, process.execPath, "--eval", talker];
  const child = spawn(file, [...args, network.addresses.nats, String(port)]);
  child.stdout.on("data", (part) => told.push(String(part)));
  stop = () => child.kill("SIGKILL");
});

afterEach(async () => {
  stop();
  network.remove();
  server.close();
});

/** Whether more comes soon. */
async function goesOn(list: readonly string[]): Promise<boolean> {
  const before = list.length;
  const deadline = performance.now() + 300;
  while (list.length === before && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return list.length > before;
}

it("keeps its address when others come: who knows it would speak to nobody", () => {
  const address = () => readFileSync(`/sys/class/net/mt${process.pid}/address`, "utf8");
  const before = address();
  for (let count = 0; count < 12; count += 1) network.addPlace();
  expect(address()).toBe(before);
});

it("is gone when it is removed, whoever is left in it", { timeout: 60_000 }, async () => {
  await expect.poll(() => heard.length, { timeout: 10_000 }).toBeGreaterThan(0);
  network.remove();
  network = createNetwork();
  // Under the names of those that are gone.
  network.addPlace();
});

it("loses what one says, and what it is told, and heals", { timeout: 60_000 }, async () => {
  await expect.poll(() => heard.length * told.length, { timeout: 10_000 }).toBeGreaterThan(0);
  network.cut(place, "postgres");
  await expect.poll(() => goesOn(heard), { timeout: 10_000 }).toBe(true);
  await expect.poll(() => goesOn(told), { timeout: 10_000 }).toBe(true);
  network.cut(place, "nats", "to");
  await goesOn(told);
  expect(await goesOn(told)).toBe(false);
  network.heal();
  await expect.poll(() => goesOn(told), { timeout: 10_000 }).toBe(true);
  network.cut(place, "nats", "from");
  await goesOn(heard);
  expect(await goesOn(heard)).toBe(false);
  network.heal();
  await expect.poll(() => goesOn(heard), { timeout: 10_000 }).toBe(true);
});
