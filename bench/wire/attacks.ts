// What hostile or broken clients do to a server, each with all its might until the time is over.
import { connect, type Socket } from "node:net";
import { performance } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { WebSocket } from "ws";
import { stationIdOf } from "../fleet.ts";
import { count } from "./returning-station.ts";

/** Whom to attack, from where, as whom, and until when. */
export interface Target {
  readonly port: number;
  /** Number of the first of the stations as which attackers come. */
  readonly firstStation: number;
  readonly untilMs: number;
  /** What became of it, by words. */
  readonly met: Map<string, number>;
}

interface Attack {
  readonly about: string;
  readonly clients: number;
  /** One client's life; it is started again when it ends early. */
  readonly client: (target: Target, at: number) => Promise<void>;
}

const address = "127.0.0.99";
/** Its own, or it would be turned away whatever it does next. */
const guessersAddress = "127.0.0.98";
const frameBytesMax = 1_048_576;
const now = () => performance.now();
const over = (target: Target) => now() >= target.untilMs;

function tcp(
  { port, met }: Target,
  localAddress = address,
): Promise<Socket & { readonly ended: Promise<void> }> {
  const socket = connect({ port, host: "127.0.0.1", localAddress });
  const ended = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  socket.on("error", (error: NodeJS.ErrnoException) => count(met, error.code ?? error.message));
  socket.on("data", (data) => {
    const status = /^HTTP\/1.1 (\d+)/.exec(String(data))?.[1];
    if (status !== undefined) count(met, status);
  });
  return new Promise((resolve) => {
    const ready = () => resolve(Object.assign(socket, { ended }));
    socket.once("connect", ready);
    socket.once("close", ready);
  });
}

const head = (stationId: string, password?: string) =>
  `GET /ocpp/${stationId} HTTP/1.1\r\nHost: csms\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
  "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n" +
  `Sec-WebSocket-Protocol: ocpp1.6\r\n${
    password === undefined
      ? ""
      : `Authorization: Basic ${Buffer.from(`${stationId}:${password}`).toString("base64")}\r\n`
  }\r\n`;

/** A socket held until the server or the time ends it. */
async function hold(target: Target, socket: { ended: Promise<void>; destroy(): void }) {
  await Promise.race([
    socket.ended,
    wait(Math.max(0, target.untilMs - now()), undefined, { ref: false }),
  ]);
  if (!over(target)) count(target.met, "closed by the server");
  socket.destroy();
}

/** Writes a text byte by byte. */
async function drip(target: Target, text: string, everyMs: number): Promise<void> {
  const socket = await tcp(target);
  const holding = hold(target, socket);
  for (const byte of text) {
    if (socket.destroyed || over(target)) break;
    socket.write(byte);
    await wait(everyMs);
  }
  await holding;
}

/** The beginning of a masked text frame that announces so many bytes. RFC 6455 §5.2. */
function frameHead(bytes: number): Buffer {
  const start = Buffer.alloc(14);
  start.writeUInt8(0x81, 0);
  start.writeUInt8(0x80 | 127, 1);
  start.writeBigUInt64BE(BigInt(bytes), 2);
  return start;
}

async function upgraded(target: Target, at: number) {
  const socket = await tcp(target);
  socket.write(head(stationIdOf(target.firstStation + at)));
  await new Promise((resolve) => {
    socket.once("data", resolve);
    socket.once("close", resolve);
  });
  return socket;
}

function webSocket({ port, firstStation, met }: Target, at: number): Promise<WebSocket> {
  const url = `ws://127.0.0.1:${port}/ocpp/${stationIdOf(firstStation + at)}`;
  const options = { perMessageDeflate: false, localAddress: address };
  const ws = new WebSocket(url, "ocpp1.6", options);
  ws.on("close", (code) => count(met, `closed ${code}`));
  return new Promise((resolve) => {
    ws.once("open", () => resolve(ws));
    ws.on("error", (error: NodeJS.ErrnoException) => {
      count(met, error.code ?? error.message);
      resolve(ws);
    });
  });
}

const bigCall = (at: number, bytes: number) =>
  JSON.stringify([2, `big-${at}`, "DataTransfer", { vendorId: "bench", data: "" }]).replace(
    '"data":""',
    `"data":"${"x".repeat(bytes - 60)}"`,
  );

/** Sends big calls, the next when the last was answered. */
async function bigFrames(target: Target, at: number, bytes: number): Promise<void> {
  const ws = await webSocket(target, at);
  for (let sent = 0; ws.readyState === WebSocket.OPEN && !over(target); sent += 1) {
    ws.send(bigCall(sent, bytes));
    await new Promise((resolve) => {
      ws.once("message", resolve);
      ws.once("close", resolve);
    });
    count(target.met, "sent");
  }
  ws.terminate();
  // Who was closed comes again, as firmware would.
  await wait(500);
}

/** Sends calls without end, and reads nothing. */
async function neverReads(target: Target, at: number): Promise<void> {
  const socket = await upgraded(target, at);
  socket.pause();
  const text = '[2,"h","Heartbeat",{}]';
  const one = Buffer.concat([
    Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]),
    Buffer.from(text),
  ]);
  const many = Buffer.concat(Array.from({ length: 500 }, () => one));
  while (!socket.destroyed && !over(target)) {
    if (!socket.write(many)) {
      // The server does not read on: that is how it defends itself.
      await Promise.race([
        new Promise((resolve) => socket.once("drain", resolve)),
        socket.ended,
        wait(Math.max(0, target.untilMs - now())),
      ]);
    }
    count(target.met, "bursts");
    await wait(5);
  }
  socket.destroy();
  await wait(500);
}

/** Sends calls without waiting for answers, but reads them. */
async function neverWaits(target: Target, at: number): Promise<void> {
  const ws = await webSocket(target, at);
  let answers = 0;
  ws.on("message", () => {
    answers += 1;
  });
  const status = { connectorId: 1, errorCode: "NoError", status: "Available" };
  for (let sent = 0; ws.readyState === WebSocket.OPEN && !over(target); sent += 1) {
    ws.send(JSON.stringify([2, `s${sent}`, "StatusNotification", status]));
    if (sent % 20 === 0) await wait(5);
  }
  ws.terminate();
  target.met.set("answers", (target.met.get("answers") ?? 0) + answers);
  await wait(500);
}

const guessesPerMinute = 10_000;
const guessers = 20;

/** Guesses of one address at a steady pace; each is a connection of its own. */
async function guess(target: Target, at: number): Promise<void> {
  const everyMs = (60_000 * guessers) / guessesPerMinute;
  let due = now() + (everyMs * at) / guessers;
  for (let tried = 0; !over(target); tried += 1) {
    await wait(Math.max(0, due - now()));
    due += everyMs;
    const socket = await tcp(target, guessersAddress);
    socket.write(head(stationIdOf(target.firstStation + tried), "wrong"));
    void hold(target, socket);
    count(target.met, "guesses");
  }
}

/** The attacks by name. */
export const attacks = {
  silentSockets: {
    about: "sockets that say nothing, opened again as they are closed",
    clients: 4_000,
    client: async (target) => hold(target, await tcp(target)),
  },
  slowHeads: {
    about: "heads of requests that come byte by byte and never end",
    clients: 2_000,
    client: (target) => drip(target, head("SLOW").slice(0, -2) + "X: ".padEnd(5_000, "x"), 250),
  },
  wrongPasswords: {
    about: `${guessesPerMinute} handshakes a minute with wrong passwords`,
    clients: guessers,
    client: guess,
  },
  slowFrames: {
    about: "frames of 1 MB that come byte by byte",
    clients: 500,
    client: async (target, at) => {
      const socket = await upgraded(target, at);
      socket.write(frameHead(frameBytesMax));
      const holding = hold(target, socket);
      while (!socket.destroyed && !over(target)) {
        socket.write("x");
        await wait(100);
      }
      await holding;
    },
  },
  unfinishedFrames: {
    about: "frames of 1 MB but for their last byte",
    clients: 600,
    client: async (target, at) => {
      const socket = await upgraded(target, at);
      socket.write(frameHead(frameBytesMax));
      socket.write(Buffer.alloc(frameBytesMax - 1, 120));
      await hold(target, socket);
      await wait(500);
    },
  },
  bigFrames: {
    about: "calls of just under 1 MB, one after the other",
    clients: 50,
    client: (target, at) => bigFrames(target, at, frameBytesMax),
  },
  tooBigFrames: {
    about: "calls of more than 1 MB",
    clients: 100,
    client: (target, at) => bigFrames(target, at, frameBytesMax + 100_000),
  },
  neverReads: {
    about: "calls without end from clients that read nothing",
    clients: 200,
    client: neverReads,
  },
  neverWaits: {
    about: "calls without end from clients that do not wait for answers",
    clients: 50,
    client: neverWaits,
  },
} satisfies Record<string, Attack>;

export type AttackName = keyof typeof attacks;

/** All clients of an attack until the time is over. */
export async function attack(name: AttackName, target: Target): Promise<void> {
  const { clients, client }: Attack = attacks[name];
  await Promise.all(
    Array.from({ length: clients }, async (_none, at) => {
      while (!over(target)) await client(target, at);
    }),
  );
}
