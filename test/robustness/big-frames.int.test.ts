// Frames that are large, too large, never finished, or never read: each socket is bounded, and so
// are all of them together.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { defineAddOn } from "#bus";
import { startTestMotown, type TestMotown } from "#support/motown";
import { connectRaw, type RawStation } from "#support/rpc/raw-station";
import { handshake, type RawSocket, rawSocket, until } from "./raw-socket.ts";

const limits = {
  frameBytesMax: 300_000,
  frameChunksMax: 100,
  frameFragmentsMax: 20,
  inboundCharactersMax: 500_000,
  socketBuffersBytesMax: 1_800_000,
  bulkBytesPerSecondMax: 3_000_000,
  // The sockets are looked at every 10 ms.
  pingIntervalMs: 640,
};
const heartbeat = '[2,"h","Heartbeat",{}]';

/** Answers nothing until it is let go. */
let letGo = () => {};
let held = Promise.resolve();
const slow = defineAddOn({
  name: "slow",
  grants: { events: [], commands: [], queries: [], questions: ["IncomingDataTransfer"] },
  answers: {
    IncomingDataTransfer: async () => {
      await held;
      return { status: "accepted", provider: "slow" };
    },
  },
});

let house: TestMotown;
let neighbour: RawStation;
const open: RawSocket[] = [];

beforeAll(async () => {
  house = await startTestMotown({ addOns: [slow], limits });
  for (const stationId of ["NEIGHBOUR", "BIG", "HASTY"]) await house.admit(stationId);
  neighbour = await connectRaw(`${house.wireUrl}/NEIGHBOUR`);
});
afterEach(async () => {
  expect(JSON.parse(await neighbour.ask(heartbeat))).toMatchObject({ 0: 3, 1: "h" });
  for (const { socket } of open.splice(0)) socket.destroy();
});
afterAll(async () => {
  neighbour.ws.terminate();
  await house.stop();
});

/** A station's socket, on which anything may be written. */
async function upgraded(stationId: string): Promise<RawSocket> {
  const raw = await rawSocket(house.motown.port);
  open.push(raw);
  raw.socket.setNoDelay(true);
  raw.socket.write(handshake(stationId));
  await until("the upgrade", () => raw.heard().includes("\r\n\r\n"));
  return raw;
}

/** The beginning of a masked frame of so many bytes. RFC 6455 §5.2. */
function frameHead(bytes: number, first = 0x81): Buffer {
  const head = Buffer.alloc(14);
  head.writeUInt8(first, 0);
  head.writeUInt8(0xff, 1);
  head.writeBigUInt64BE(BigInt(bytes), 2);
  return head;
}

const call = (id: string, characters: number) =>
  JSON.stringify([2, id, "DataTransfer", { vendorId: "x", data: "x".repeat(characters) }]);

describe("frames that never end", () => {
  it("byte by byte: the socket is closed after a number of bytes", async () => {
    const raw = await upgraded("DRIP");
    raw.socket.write(frameHead(1_000));
    for (let byte = 0; byte < 1_000 && raw.isOpen(); byte += 1) {
      raw.socket.write("x");
      await new Promise((done) => setTimeout(done, 2));
    }
    await raw.ended;
    expect(raw.heard()).toContain("\u0003\ufffd");
  });

  it("fragment by fragment: the socket is closed after a number of fragments", async () => {
    const raw = await upgraded("FRAGMENTS");
    raw.socket.write(Buffer.concat([frameHead(1, 0x01), Buffer.from("[")]));
    for (let at = 0; at < 100; at += 1) {
      raw.socket.write(Buffer.concat([frameHead(1, 0x00), Buffer.from(" ")]));
    }
    await raw.ended;
  });

  it("on many sockets at once: the heaviest are closed, and the rest go on", async () => {
    const light = await upgraded("LIGHT");
    light.socket.write(frameHead(100));
    light.socket.write(Buffer.alloc(50, 120));
    const heavy = await Promise.all(
      Array.from({ length: 10 }, async (_none, at) => {
        const raw = await upgraded(`HEAVY-${at}`);
        raw.socket.write(frameHead(limits.frameBytesMax));
        raw.socket.write(Buffer.alloc(250_000, 120));
        return raw;
      }),
    );
    const left = () => heavy.filter((raw) => raw.isOpen()).length;
    await until("there is room again", () => left() * 250_000 <= limits.socketBuffersBytesMax);
    expect(left()).toBeGreaterThan(0);
    expect(light.isOpen()).toBe(true);
    const told = house.log.lines.find(({ message }) => message.startsWith("Sockets hold too much"));
    expect(told?.fields).toMatchObject({ bytes: expect.any(Number) });
  });

  it("in large fragments: what has come of them counts as well", async () => {
    const before = house.log.lines.length;
    const heavy = await Promise.all(
      Array.from({ length: 10 }, async (_none, at) => {
        const raw = await upgraded(`PIECES-${at}`);
        raw.socket.write(Buffer.concat([frameHead(200_000, 0x01), Buffer.alloc(200_000, 120)]));
        return raw;
      }),
    );
    await until("somebody is closed", () => heavy.some((raw) => !raw.isOpen()));
    const lines = house.log.lines.slice(before).map(({ message }) => message);
    expect(lines.some((message) => message.startsWith("Sockets hold too much"))).toBe(true);
  });
});

describe("large frames", () => {
  it("of many stations at once wait for each other, and for nobody else", async () => {
    const senders = 8;
    const frames = 4;
    const bytes = 100_000;
    const start = performance.now();
    const lives = Array.from({ length: senders }, async (_none, at) => {
      const raw = await connectRaw(`${house.wireUrl}/SENDER-${at}`);
      for (let sent = 0; sent < frames; sent += 1) await raw.ask(call(`${sent}`, bytes));
      raw.ws.terminate();
    });
    const waits: number[] = [];
    let over = false;
    const beside = (async () => {
      while (!over) {
        const asked = performance.now();
        await neighbour.ask(heartbeat);
        waits.push(performance.now() - asked);
      }
    })();
    await Promise.all(lives);
    const took = performance.now() - start;
    over = true;
    await beside;
    // All but the last frame of each had to pass the line.
    const line = (1_000 * senders * (frames - 1) * bytes) / limits.bulkBytesPerSecondMax;
    expect(took).toBeGreaterThan(line * 0.9);
    // While they waited, the others were served all the time.
    const sorted = waits.sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(took / 4);
  });

  it("up to the limit are served; beyond it, each on its own is closed", async () => {
    const { ask, ws } = await connectRaw(`${house.wireUrl}/BIG`);
    expect(JSON.parse(await ask(call("1", 250_000)))[0]).toBeGreaterThan(2);
    ws.terminate();
    const closes = await Promise.all(
      Array.from({ length: 20 }, async (_none, at) => {
        const raw = await connectRaw(`${house.wireUrl}/TOO-BIG-${at}`);
        raw.ws.send(call("1", 400_000));
        return (await raw.closed).code;
      }),
    );
    expect(new Set(closes)).toEqual(new Set([1009]));
  });

  it("many of one station, sent without waiting, are not all read before they can be served", async () => {
    held = new Promise((resolve) => {
      letGo = resolve;
    });
    const { ws, next } = await connectRaw(`${house.wireUrl}/HASTY`);
    const calls = 60;
    for (let at = 0; at < calls; at += 1) ws.send(call(`c${at}`, 200_000));
    // What the kernel's buffers do not take stays with the sender: the server has stopped reading.
    let least = Number.POSITIVE_INFINITY;
    let same = 0;
    await until("nothing moves any more", () => {
      same = ws.bufferedAmount === least ? same + 1 : 0;
      least = ws.bufferedAmount;
      return same > 20;
    });
    expect(least).toBeGreaterThan(calls * 200_000 * 0.3);
    letGo();
    const answered = new Set<string>();
    while (answered.size < calls) answered.add(JSON.parse(await next())[1]);
    expect(answered.size).toBe(calls);
    ws.terminate();
  });
});
