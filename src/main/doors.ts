// Several ears on one port. The event loop takes one new connection per listening socket and turn;
// when many stations come at once and each turn has much to do, they would wait for minutes with a
// single one (libuv from 1.50 on). The kernel spreads new connections over all that listen.
import { once } from "node:events";
import type { Server as HttpServer } from "node:http";
import type { AddressInfo, ListenOptions, Server } from "node:net";
import { createServer } from "node:net";
import { platform } from "node:os";

/** The listening sockets beside the server's own. */
export interface Doors {
  /** Takes no more; resolves when all that came through them are gone. */
  close(): Promise<void>;
}

/** Where several sockets may share a port, and the kernel spreads what comes. */
const canShare = platform() === "linux";

/** Options for the server's own socket: it lets others beside it, and nobody else before. */
export async function sharedPort<Listen extends ListenOptions>(options: Listen): Promise<Listen> {
  if (!canShare) return options;
  // A shared port would let a second program in beside us: it must be ours alone now.
  if (options.port !== 0) {
    const alone = createServer();
    alone.listen(options);
    await once(alone, "listening");
    alone.close();
    await once(alone, "close");
  }
  return { ...options, reusePort: true };
}

/** Opens more sockets on the port that a server listens on. */
export async function openDoors(
  server: HttpServer,
  options: ListenOptions & { readonly count: number },
): Promise<Doors> {
  const { count, ...listen } = options;
  const { port } = server.address() as AddressInfo;
  const doors: Server[] = [];
  for (let door = 1; canShare && door < count; door += 1) {
    const beside = createServer({ noDelay: true, allowHalfOpen: true }, (socket) => {
      server.emit("connection", socket);
    });
    beside.listen({ ...listen, port, reusePort: true });
    await once(beside, "listening");
    doors.push(beside);
  }
  return {
    close: async () => {
      await Promise.all(doors.map((door) => new Promise((done) => door.close(done))));
    },
  };
}
