// What a pooler like PgBouncer does with a server's sessions, in a few lines: a client is let in by
// a session of its own, and from then on gets whichever is free for each of its transactions, or
// keeps its own.
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A pooler between a test and its server. */
export interface Pooler {
  readonly port: number;
  close(): Promise<void>;
}

interface Client {
  readonly socket: Socket;
  server: Server | undefined;
  /** What it has asked and was not answered yet. */
  outstanding: number;
  /** What waits for a session. */
  readonly waiting: Buffer[];
}

interface Server {
  readonly socket: Socket;
  client: Client | undefined;
}

const messages = { backendKey: 0x4b, ready: 0x5a, query: 0x51, sync: 0x53 };
const idle = 0x49;
const headBytes = 5;

/** Opens a pooler before a server on a port of this machine. */
export async function openPooler(port: number, mode: "session" | "transaction"): Promise<Pooler> {
  const free: Server[] = [];
  const clients: Client[] = [];
  const sockets = new Set<Socket>();

  const serve = (client: Client) => {
    if (client.waiting.length === 0) return;
    client.server ??= free.pop();
    if (client.server === undefined) return;
    client.server.client = client;
    for (const chunk of client.waiting.splice(0)) client.server.socket.write(chunk);
  };
  const answered = (server: Server, status: number, isNew: boolean) => {
    const { client } = server;
    if (client === undefined) return;
    client.outstanding -= 1;
    if (mode === "session" || status !== idle || client.outstanding > 0) return;
    client.server = undefined;
    server.client = undefined;
    // Those that were used last are used next; new ones are the last to be.
    if (isNew) free.unshift(server);
    else free.push(server);
    for (const other of clients) serve(other);
  };
  const listener = createServer((near) => {
    const socket = connect(port, "127.0.0.1");
    const client: Client = { socket: near, server: undefined, outstanding: 1, waiting: [] };
    const server: Server = { socket, client };
    client.server = server;
    clients.push(client);
    let isIn = false;
    near.on("data", (chunk: Buffer) => {
      if (isIn) client.outstanding += asked(chunk);
      client.waiting.push(chunk);
      serve(client);
    });
    socket.on("data", (chunk: Buffer) => {
      const all = [...messagesIn(chunk)];
      // A number of its own, in place of the server's.
      for (const [type, at] of all) {
        if (type === messages.backendKey) chunk.writeInt32BE(1, at + headBytes);
      }
      server.client?.socket.write(chunk);
      for (const [type, at] of all) {
        if (type !== messages.ready) continue;
        answered(server, chunk[at + headBytes] ?? 0, !isIn);
        isIn = true;
      }
    });
    for (const one of [near, socket]) {
      sockets.add(one);
      one.on("error", () => one.destroy()).on("close", () => sockets.delete(one));
    }
  });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  return {
    port: (listener.address() as { port: number }).port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      listener.close();
      await once(listener, "close");
    },
  };
}

/** Messages of a chunk; tests ask little at a time, so that none is cut. */
function* messagesIn(chunk: Buffer): Generator<[type: number, at: number]> {
  for (let at = 0; at + headBytes <= chunk.length; at += 1 + chunk.readInt32BE(at + 1)) {
    yield [chunk[at] ?? 0, at];
  }
}

function asked(chunk: Buffer): number {
  return [...messagesIn(chunk)].filter(([type]) => [messages.query, messages.sync].includes(type))
    .length;
}
