import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A way to a server that can be cut, or stopped up, while something is on it. */
export interface PierceableWay {
  readonly port: number;
  /** Connections that are open now. */
  readonly open: () => number;
  /** Cuts all connections; new ones can be made. */
  cut(): void;
  /** From now on nothing that the server says comes through; a cut ends it. */
  mute(): void;
  close(): Promise<void>;
}

/** Opens a way to a port of this machine. */
export async function pierceableWay(port: number): Promise<PierceableWay> {
  const pairs = new Set<{ near: Socket; far: Socket }>();
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    const pair = { near, far };
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) socket.on("error", end).on("close", end);
    near.pipe(far);
    far.pipe(near);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const each = (act: (pair: { near: Socket; far: Socket }) => void) => {
    for (const pair of [...pairs]) act(pair);
  };
  const cut = () => each(({ near, far }) => [near, far].map((socket) => socket.destroy()));
  return {
    port: (server.address() as { port: number }).port,
    open: () => pairs.size,
    cut,
    mute: () => each(({ far }) => far.unpipe()),
    close: async () => {
      cut();
      server.close();
      await once(server, "close");
    },
  };
}
