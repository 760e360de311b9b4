// A charging station for wire and conformance tests, made of a client that was not written here
// (`ocpp-rpc`): what it makes of our frames is the last word. It validates both directions.
import { createRPCError, RPCClient } from "ocpp-rpc";

/** The content of a CALL or of its answer. */
export type Payload = Record<string, unknown>;

/** One frame that went over the socket, in the order in which it did. */
export interface RecordedFrame {
  readonly direction: "fromStation" | "toStation";
  readonly text: string;
  /** The parsed frame; undefined if it was no JSON. */
  readonly frame: readonly unknown[] | undefined;
}

/** A CALL of the CSMS, as the station received it. */
export interface ReceivedCall {
  readonly messageId: string;
  readonly action: string;
  readonly payload: Payload;
}

/** What the station says to a CALL of the CSMS. */
export type ScriptedAnswer =
  | Payload
  | ((call: ReceivedCall) => Payload | Promise<Payload>)
  | { readonly callError: string; readonly description?: string };

/** Settings of a client; the port alone is needed. */
export interface OcppClientOptions {
  readonly port: number;
  readonly stationId?: string;
  readonly password?: string | Buffer;
  readonly protocols?: readonly string[];
  /** Without: both directions are validated, and invalid calls are not even sent (use sendRaw). */
  readonly strict?: boolean;
  readonly callTimeoutMs?: number;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const waitMsDefault = 4_000;

/** The CALLERROR with which the CSMS answered. */
export class CallError extends Error {
  readonly code: string;

  constructor(code: string, description: string) {
    super(`${code}: ${description}`);
    this.code = code;
  }
}

/** A connected station under a test's control. Ends with `close()` or `terminate()`. */
export class OcppClient {
  readonly stationId: string;
  /** All frames, in order. */
  readonly frames: RecordedFrame[] = [];
  /** All CALLs of the CSMS, in order. */
  readonly received: ReceivedCall[] = [];
  /** What the client's own schemas had against the CSMS's frames. */
  readonly violations: string[] = [];
  readonly #rpc: RPCClient;
  readonly #answers = new Map<string, ScriptedAnswer>();
  readonly #once = new Map<string, ScriptedAnswer[]>();
  readonly #taken = new Map<string, number>();
  readonly #watchers = new Set<() => void>();
  #closed: { code: number; reason: string } | undefined;

  constructor(options: OcppClientOptions) {
    this.stationId = options.stationId ?? "STATION-1";
    const protocols = [...(options.protocols ?? ["ocpp1.6"])];
    const strict = (options.strict ?? true) ? protocols.filter((one) => /^ocpp\d/.test(one)) : [];
    this.#rpc = new RPCClient({
      identity: this.stationId,
      endpoint: `ws://127.0.0.1:${options.port}${options.path ?? "/ocpp"}`,
      protocols,
      strictMode: strict.length > 0 && strict,
      strictModeValidators: [],
      // The declared type leaves out that a password may be bytes.
      password: (options.password ?? null) as string | null,
      callTimeoutMs: options.callTimeoutMs ?? waitMsDefault,
      callConcurrency: 1,
      pingIntervalMs: 0,
      deferPingsOnActivity: false,
      respondWithDetailedErrors: false,
      maxBadMessages: Number.POSITIVE_INFINITY,
      reconnect: false,
      maxReconnects: 0,
      backoff: { initialDelay: 10, maxDelay: 20, factor: 2, randomisationFactor: 0 },
      wsOpts: {},
      headers: { ...options.headers },
    });
    this.#listen();
  }

  /** Opens the socket; rejects with what the handshake was refused with (`error.code` = status). */
  async connect(): Promise<this> {
    this.#closed = undefined;
    await this.#rpc.connect();
    return this;
  }

  /** The subprotocol that the CSMS selected. */
  get protocol(): string | undefined {
    return this.#rpc.protocol;
  }

  /** How the socket ended, once it has. */
  get closed(): { readonly code: number; readonly reason: string } | undefined {
    return this.#closed;
  }

  /** Sends a CALL; resolves with the CALLRESULT's payload, rejects with a CallError. */
  async call<Answer extends Payload = Payload>(
    action: string,
    payload: Payload = {},
  ): Promise<Answer> {
    try {
      return (await this.#rpc.call(action, payload)) as Answer;
    } catch (error) {
      // Node finds no name of its error classes in the package, however it is started.
      const { rpcErrorCode, message } = error as { rpcErrorCode?: string; message: string };
      if (rpcErrorCode !== undefined) throw new CallError(rpcErrorCode, message);
      throw error;
    }
  }

  /** Boots as most stations do; resolves with the answer. */
  boot(payload: Payload = {}): Promise<Payload> {
    return this.call("BootNotification", {
      chargePointVendor: "Acme",
      chargePointModel: "One",
      ...payload,
    });
  }

  /** Sets the answer to every CALL of this action from now on. */
  answers(action: string, answer: ScriptedAnswer): this {
    this.#answers.set(action, answer);
    return this;
  }

  /** Sets the answer to the next CALL of this action; several queue up. */
  answersOnce(action: string, answer: ScriptedAnswer): this {
    this.#once.set(action, [...(this.#once.get(action) ?? []), answer]);
    return this;
  }

  /** The next CALL of this action that no one asked for yet, waited for if need be. */
  async nextCall(action: string, waitMs = waitMsDefault): Promise<ReceivedCall> {
    const at = this.#taken.get(action) ?? 0;
    this.#taken.set(action, at + 1);
    const find = () => this.received.filter((call) => call.action === action)[at];
    return this.until(`a ${action} of the CSMS`, find, waitMs);
  }

  /** Waits until a look at this client finds something, woken by each frame and by the close. */
  async until<Found>(
    what: string,
    look: () => Found | undefined,
    waitMs = waitMsDefault,
  ): Promise<Found> {
    const found = look();
    if (found !== undefined) return found;
    return new Promise<Found>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#watchers.delete(watch);
        reject(new Error(`${this.stationId}: ${what} did not come within ${waitMs} ms`));
      }, waitMs);
      const watch = () => {
        const seen = look();
        if (seen === undefined) return;
        clearTimeout(timer);
        this.#watchers.delete(watch);
        resolve(seen);
      };
      this.#watchers.add(watch);
    });
  }

  /** Resolves when the socket has been closed, by whomever. */
  untilClosed(waitMs = waitMsDefault): Promise<{ code: number; reason: string }> {
    return this.until("the end of the socket", () => this.#closed, waitMs);
  }

  /** Sends a text as it is. */
  sendRaw(text: string): void {
    this.#rpc.sendRaw(text);
  }

  /** The frames of one direction that answer a message id. */
  answersTo(messageId: string): RecordedFrame[] {
    return this.frames.filter(({ frame }) => frame?.[0] !== 2 && frame?.[1] === messageId);
  }

  /** Closes the socket in good order. */
  async close(code = 1000): Promise<void> {
    await this.#rpc.close({ code });
  }

  /** Drops the connection without a word, as a power cut does. */
  async terminate(): Promise<void> {
    await this.#rpc.close({ force: true });
  }

  #listen(): void {
    this.#rpc.on("message", ({ message, outbound }: { message: unknown; outbound: boolean }) => {
      const text = String(message);
      this.frames.push({
        direction: outbound ? "fromStation" : "toStation",
        text,
        frame: parse(text),
      });
      this.#wake();
    });
    this.#rpc.on("disconnect", (closed: { code: number; reason: string }) => {
      this.#closed = closed;
      this.#wake();
    });
    this.#rpc.on(
      "strictValidationFailure",
      (failure: { method: string; outbound: boolean; error: Error }) => {
        // What the test itself wrote is no violation: it may mean to.
        if (failure.outbound) return;
        this.violations.push(`${failure.method}: ${failure.error.message}`);
      },
    );
    this.#rpc.handle(async ({ messageId = "", method = "", params = {} }) => {
      const call = { messageId, action: method, payload: params };
      this.received.push(call);
      this.#wake();
      return this.#answer(call);
    });
  }

  async #answer(call: ReceivedCall): Promise<Payload> {
    const answer = this.#once.get(call.action)?.shift() ?? this.#answers.get(call.action);
    if (answer === undefined) throw createRPCError("NotImplemented", "no answer is scripted");
    if (typeof answer === "function") return answer(call);
    if (typeof answer.callError !== "string") return answer as Payload;
    throw createRPCError(answer.callError, String(answer.description ?? ""));
  }

  #wake(): void {
    for (const watch of [...this.#watchers]) watch();
  }
}

/** A client that is connected. */
export function connectClient(options: OcppClientOptions): Promise<OcppClient> {
  return new OcppClient(options).connect();
}

function parse(text: string): readonly unknown[] | undefined {
  try {
    const frame: unknown = JSON.parse(text);
    return Array.isArray(frame) ? frame : undefined;
  } catch {
    return undefined;
  }
}
