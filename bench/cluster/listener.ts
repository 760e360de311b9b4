import { once } from "node:events";
import { performance } from "node:perf_hooks";
import { WebSocket } from "ws";

/** A station that accepts all it is asked, and notes when it heard it. */
export class Listener {
  readonly stationId: string;
  /** The moment of each data transfer, by its data. */
  readonly heard = new Map<string, number>();
  #socket: WebSocket | undefined;
  #answered: (() => void) | undefined;
  #calls = 0;

  constructor(stationId: string) {
    this.stationId = stationId;
  }

  /** A new socket beside one that there may be; the old one's end is the result's `replaced`. */
  async connect(stationUrl: string): Promise<{ readonly replaced: Promise<number> | undefined }> {
    const before = this.#socket;
    const socket = new WebSocket(`${stationUrl}/${this.stationId}`, "ocpp1.6", {
      perMessageDeflate: false,
    });
    const isOpen = before?.readyState === WebSocket.OPEN;
    const replaced = isOpen ? once(before, "close").then(() => performance.now()) : undefined;
    socket.on("message", (frame) => this.#receive(socket, String(frame)));
    await once(socket, "open");
    this.#socket = socket;
    return { replaced };
  }

  /** Tells its status, which is committed before it is answered. */
  async tell(status: string): Promise<void> {
    this.#calls += 1;
    const timestamp = new Date().toISOString();
    const payload = { connectorId: 1, errorCode: "NoError", status, timestamp };
    const answered = new Promise<void>((resolve) => {
      this.#answered = resolve;
    });
    const call = [2, `call-${this.#calls}`, "StatusNotification", payload];
    this.#socket?.send(JSON.stringify(call));
    await answered;
  }

  async close(): Promise<void> {
    const socket = this.#socket;
    if (socket === undefined || socket.readyState === WebSocket.CLOSED) return;
    const closed = once(socket, "close");
    socket.close();
    await closed;
  }

  #receive(socket: WebSocket, text: string): void {
    const [type, id, action, payload] = JSON.parse(text) as [number, string, string, unknown];
    if (type === 3) this.#answered?.();
    if (type !== 2) return;
    if (action === "DataTransfer") {
      const { data } = payload as { readonly data: string };
      this.heard.set(data, performance.now());
      socket.send(JSON.stringify([3, id, { status: "Accepted" }]));
    } else {
      socket.send(JSON.stringify([4, id, "NotImplemented", "", {}]));
    }
  }
}
