// Clients that dawdle at the door: they are closed in time, few, and nobody waits for them.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startTestMotown, type TestMotown } from "#support/motown";
import { connectRaw, type RawStation } from "#support/rpc/raw-station";
import { drip, handshake, type RawSocket, rawSocket, until } from "./raw-socket.ts";

const handshakeMs = 400;
const unfinishedSocketsMax = 20;
const socketsMax = 40;

let house: TestMotown;
let neighbour: RawStation;
const open: RawSocket[] = [];

beforeAll(async () => {
  house = await startTestMotown({
    limits: { handshakeMs, unfinishedSocketsMax, socketsMax, apiRequestMs: 800 },
  });
  await house.admit("NEIGHBOUR");
  await house.admit("NEWCOMER");
  neighbour = await connectRaw(`${house.wireUrl}/NEIGHBOUR`);
});
afterEach(async () => {
  expect(JSON.parse(await neighbour.ask(heartbeat))).toMatchObject({ 0: 3, 1: "h" });
  for (const { socket } of open.splice(0)) socket.destroy();
  await until("nobody waits", async () => (await figure("sockets_unfinished")) <= 1);
});
afterAll(async () => {
  neighbour.ws.terminate();
  await house.stop();
});

const heartbeat = '[2,"h","Heartbeat",{}]';

async function client(address?: string, deaf?: boolean): Promise<RawSocket> {
  const from = { ...(address && { address }), ...(deaf && { deaf }) };
  const raw = await rawSocket(house.motown.port, from);
  open.push(raw);
  return raw;
}

async function figure(name: string): Promise<number> {
  const response = await fetch(`${house.apiUrl}/metrics`, {
    headers: { authorization: `Bearer ${house.apiKey}`, connection: "close" },
  });
  const found = new RegExp(`^motown_${name}(?:_total)? (\\d+)`, "m").exec(await response.text());
  return Number(found?.[1]);
}

async function newcomer(): Promise<void> {
  const raw = await connectRaw(`${house.wireUrl}/NEWCOMER`);
  expect(JSON.parse(await raw.ask(heartbeat))).toMatchObject({ 0: 3 });
  raw.ws.terminate();
}

describe("who never finishes is closed in time", () => {
  const soon = handshakeMs * 3;

  it("a socket that says nothing", async () => {
    expect(await (await client()).ended).toBeLessThan(soon);
  });

  it("a head without its end", async () => {
    const raw = await client();
    raw.socket.write("GET /ocpp/NEWCOMER HTTP/1.1\r\nHost: csms\r\nX-Never: ");
    expect(await raw.ended).toBeLessThan(soon);
  });

  it("a handshake that comes byte by byte", async () => {
    const raw = await client();
    const dripping = drip(raw, handshake("NEWCOMER"), 20);
    expect(await raw.ended).toBeLessThan(soon);
    await dripping;
    expect(raw.heard()).not.toContain("101");
  });

  it("a body that comes byte by byte", async () => {
    const raw = await client();
    raw.socket.write(
      "POST /api/v1/charging-stations HTTP/1.1\r\nHost: csms\r\n" +
        `Authorization: Bearer ${house.apiKey}\r\n` +
        "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n",
    );
    const dripping = drip(raw, " ".repeat(200), 10);
    expect(await raw.ended).toBeLessThan(1_600);
    await dripping;
  });

  it("a refused handshake whose peer reads nothing and closes nothing", async () => {
    const before = await figure("sockets");
    const raw = await client("127.0.0.1", true);
    raw.socket.write(handshake("NEWCOMER").replace("GET", "PUT"));
    await until("one socket more", async () => (await figure("sockets")) > before);
    await until("its end", async () => (await figure("sockets")) === before);
    expect(raw.isOpen()).toBe(true);
    await until("what it was told", () => /^HTTP\/1.1 4\d\d/.test(raw.heard()));
  });
});

describe("a crowd at the door", () => {
  it("of one address makes room for others, which come in at once", async () => {
    const before = await figure("sockets_turned_out");
    for (let at = 0; at < unfinishedSocketsMax * 2; at += 1) await client("127.0.0.2");
    await newcomer();
    expect(await figure("sockets_unfinished")).toBeLessThanOrEqual(unfinishedSocketsMax);
    expect(await figure("sockets_turned_out")).toBeGreaterThan(before);
    const words = "Too many sockets wait at the door";
    const told = house.log.lines.filter(({ message }) => message.startsWith(words));
    expect(told).toHaveLength(1);
    expect(told[0]?.fields).toMatchObject({ heaviestAddress: "127.0.0.2" });
  });

  it("leaves alone who waits at another address", async () => {
    const patient = await client("127.0.0.3");
    for (let at = 0; at < unfinishedSocketsMax * 2; at += 1) await client("127.0.0.2");
    patient.socket.write(handshake("NEWCOMER"));
    await until("its answer", () => patient.heard().includes("101 Switching"));
  });

  it("gets no more sockets than there may be", async () => {
    const idle: RawSocket[] = [];
    for (let at = 0; at < socketsMax + 10; at += 1) {
      const raw = await client("127.0.0.2");
      // Not unfinished any more, and kept open: it counts among all sockets alone.
      raw.socket.write("GET /livez HTTP/1.1\r\nHost: csms\r\n\r\n");
      idle.push(raw);
      await until("an answer or an end", () => raw.heard() !== "" || !raw.isOpen());
    }
    expect(idle.filter((raw) => raw.isOpen()).length).toBeLessThanOrEqual(socketsMax);
    for (const { socket } of idle) socket.destroy();
  });
});
