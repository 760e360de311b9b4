// A WebSocket that says anything, right or wrong, and remembers what came back.
import { type ClientOptions, WebSocket } from "ws";

/** One socket of a station under a test's control. */
export interface RawStation {
  readonly ws: WebSocket;
  readonly frames: string[];
  /** Of the end of the socket, once it has ended. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  /** Sends a text, and resolves with the next frame that comes. */
  ask(text: string): Promise<string>;
  /** The next frame that comes, or came and was not asked for. */
  next(): Promise<string>;
}

/** A handshake that was refused. */
export class Refused extends Error {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;

  constructor(status: number, body: string, headers: Readonly<Record<string, unknown>>) {
    super(`${status}: ${body}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** Connects; rejects with `Refused` where the handshake is answered otherwise. */
export function connectRaw(
  url: string,
  options: ClientOptions & { readonly protocols?: readonly string[] } = {},
): Promise<RawStation> {
  const { protocols = ["ocpp1.6"], ...rest } = options;
  const ws = new WebSocket(url, [...protocols], rest);
  const frames: string[] = [];
  const waiting: ((frame: string) => void)[] = [];
  ws.on("message", (data) => {
    const frame = String(data);
    const first = waiting.shift();
    if (first === undefined) frames.push(frame);
    else first(frame);
  });
  const next = () => {
    const known = frames.shift();
    if (known !== undefined) return Promise.resolve(known);
    return new Promise<string>((resolve) => waiting.push(resolve));
  };
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    ws.on("close", (code, reason) => resolve({ code, reason: String(reason) }));
  });
  const ask = (text: string) => {
    ws.send(text);
    return next();
  };
  return new Promise((resolve, reject) => {
    ws.on("open", () => resolve({ ws, frames, closed, ask, next }));
    ws.on("error", reject);
    ws.on("unexpected-response", (_request, response) => {
      let body = "";
      response.on("data", (part) => {
        body += part;
      });
      response.on("end", () => {
        reject(new Refused(response.statusCode ?? 0, body, response.headers));
      });
    });
  });
}

/** The refusal of a handshake that must not succeed. */
export async function refusal(connecting: Promise<RawStation>): Promise<Refused> {
  try {
    const { ws } = await connecting;
    ws.terminate();
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
  throw new Error("the handshake succeeded");
}
