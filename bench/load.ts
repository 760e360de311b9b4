// Closed-loop load: N stations on OCPP 1.6, each with one outstanding call. By hand:
//   npm run bench -- load --url ws://127.0.0.1:8080/ocpp --stations 200 --sample motown:<pid>
import { createWriteStream } from "node:fs";
import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type CallKind, cycleFrom, fullCycle } from "./calls.ts";
import { eachWithLimit } from "./each-with-limit.ts";
import { stationIdOf, uidOf } from "./fleet.ts";
import { type ProcessUse, sampleProcess, useBetween } from "./process/process-sample.ts";
import { type KindTally, type OutcomeCounts, type Percentiles, rounded, Tally } from "./tally.ts";
import { type FinishedCall, LoadStation } from "./wire/load-station.ts";

export interface LoadOptions {
  /** A station's id is appended as the last segment; of several the stations take turns. */
  readonly url: string | readonly string[];
  readonly stations: number;
  /** Which stations of the fleet call; default: the first ones. */
  readonly memberOf?: (at: number) => number;
  readonly seconds: number;
  readonly warmupSeconds?: number;
  /** `idle`: connect, boot, and then only answer pings. */
  readonly mode?: "load" | "idle";
  /** Calls per second of all stations; without it each calls as soon as it was answered. */
  readonly rate?: number | undefined;
  readonly cycle?: string;
  readonly callTimeoutMs?: number;
  readonly connectConcurrency?: number;
  /** NDJSON, one line per finished call: what the stations were told. */
  readonly ackLog?: string | undefined;
  /** Processes to watch, by label. */
  readonly sample?: Readonly<Record<string, number>>;
}

export interface LoadResult {
  readonly stations: number;
  readonly seconds: number;
  readonly connectSeconds: number;
  /** Answered calls while measuring. */
  readonly calls: number;
  readonly callsPerSecond: number;
  readonly latencyMs: Percentiles;
  readonly perKind: Readonly<Record<string, KindTally>>;
  /** Of the whole run, warm-up and end included. */
  readonly outcomes: OutcomeCounts;
  /** StartTransactions that were answered with a number, in the whole run. */
  readonly startsAcknowledged: number;
  readonly openAtEnd: number;
  readonly errors: Readonly<Record<string, number>>;
  readonly processes: Readonly<Record<string, ProcessUse & { cpuSecondsPer1000: number | null }>>;
  /** If its loop was late, the generator itself was the bottleneck. */
  readonly generator: { readonly cpuSeconds: number; readonly loopDelayP99Ms: number };
}

/** Runs a load in this process. */
export function runLoad(options: LoadOptions): Promise<LoadResult> {
  return new Load(options).run();
}

class Load {
  readonly #options: LoadOptions;
  readonly #tally = new Tally();
  readonly #stations: readonly LoadStation[];
  readonly #cycle: readonly CallKind[];
  readonly #ackLog;
  #startsAcknowledged = 0;
  #stopping = false;

  constructor(options: LoadOptions) {
    this.#options = options;
    this.#cycle = cycleFrom(options.cycle ?? fullCycle);
    this.#ackLog = options.ackLog === undefined ? undefined : createWriteStream(options.ackLog);
    this.#stations = Array.from(
      { length: options.stations },
      (_none, at) =>
        new LoadStation({
          stationId: stationIdOf(options.memberOf?.(at) ?? at),
          uid: uidOf(at),
          finished: (call) => this.#finished(call),
        }),
    );
  }

  async run(): Promise<LoadResult> {
    const { seconds, warmupSeconds = 3, mode = "load", callTimeoutMs = 30_000 } = this.#options;
    const sweep = setInterval(() => {
      const now = performance.now();
      for (const station of this.#stations) station.expire(now, callTimeoutMs);
    }, 500);
    const connectSeconds = await this.#connectAll();
    const loops =
      mode === "idle" ? [] : this.#stations.filter((one) => one.open).map((one) => this.#loop(one));
    await wait(warmupSeconds * 1000);
    const measured = await this.#measure(seconds);
    this.#stopping = true;
    await Promise.all(loops);
    clearInterval(sweep);
    const openAtEnd = this.#stations.filter((one) => one.open).length;
    for (const station of this.#stations) station.terminate();
    await new Promise<void>((resolve) =>
      this.#ackLog === undefined ? resolve() : this.#ackLog.end(resolve),
    );
    return { ...this.#counts(), ...measured, connectSeconds, openAtEnd };
  }

  async #connectAll(): Promise<number> {
    const { url, callTimeoutMs = 30_000, connectConcurrency = 50 } = this.#options;
    const urls = [url].flat();
    const start = performance.now();
    await eachWithLimit(this.#stations, connectConcurrency, async (station, at) => {
      try {
        await station.connect(urls[at % urls.length] ?? "", callTimeoutMs);
        await station.call(this.#cycle.includes("boot") ? "boot" : "heartbeat");
      } catch (error) {
        this.#tally.whole.closed += 1;
        this.#tally.problem(`connect ${(error as Error).message}`);
      }
    });
    return rounded((performance.now() - start) / 1000, 2);
  }

  async #loop(station: LoadStation): Promise<void> {
    const { rate, stations } = this.#options;
    const every = rate === undefined ? 0 : (1000 * stations) / rate;
    let due = performance.now() + Math.random() * every;
    const next = async (kind: CallKind) => {
      const now = performance.now();
      const late = due <= now;
      if (!late) await wait(due - now);
      // Only the server's lateness counts, not that of this program's timers.
      const outcome = await station.call(kind, late && rate !== undefined ? due : undefined);
      due += every;
      return outcome;
    };
    // Stations begin at random points of the cycle, or all would send the same at once.
    const headStart = Math.floor(Math.random() * this.#cycle.length);
    await this.#oneCycle(station, { next, kinds: this.#cycle.slice(headStart) });
    while (!this.#stopping && station.open) {
      await this.#oneCycle(station, { next, kinds: this.#cycle });
    }
  }

  async #oneCycle(
    station: LoadStation,
    options: {
      readonly next: (kind: CallKind) => Promise<unknown>;
      readonly kinds: readonly CallKind[];
    },
  ): Promise<void> {
    for (const kind of options.kinds) {
      if (this.#stopping || !station.open) return;
      if (kind === "start") station.transactionId = undefined;
      if (kind === "meter") station.energyWh += 50;
      // Without a start there is nothing to meter and to stop: it has been counted as failed, or
      // the station began behind it.
      const needsStart = kind === "meter" || kind === "stop";
      const isPossible = !needsStart || station.transactionId !== undefined;
      await options.next(isPossible ? kind : "heartbeat");
    }
  }

  async #measure(wanted: number) {
    const sample = Object.entries(this.#options.sample ?? {});
    const before = sample.map(([, pid]) => sampleProcess(pid));
    const loopDelay = monitorEventLoopDelay({ resolution: 10 });
    loopDelay.enable();
    const ownBefore = process.cpuUsage();
    const start = performance.now();
    this.#tally.measuring = true;
    await wait(wanted * 1000);
    this.#tally.measuring = false;
    const seconds = (performance.now() - start) / 1000;
    const own = process.cpuUsage(ownBefore);
    const calls = this.#tally.measured;
    const processes = sample.map(([label, pid], at) => {
      const first = before[at];
      if (first === undefined) throw new Error(`no sample of ${label}`);
      const use = useBetween(first, sampleProcess(pid), { seconds });
      const cpuSecondsPer1000 = calls === 0 ? null : rounded((1000 * use.cpuSeconds) / calls, 4);
      return [label, { ...use, cpuSecondsPer1000 }] as const;
    });
    return {
      seconds: rounded(seconds, 2),
      calls,
      callsPerSecond: rounded(calls / seconds, 1),
      processes: Object.fromEntries(processes),
      generator: {
        cpuSeconds: rounded((own.user + own.system) / 1e6, 2),
        loopDelayP99Ms: rounded(loopDelay.percentile(99) / 1e6, 1),
      },
    };
  }

  #counts() {
    return {
      stations: this.#stations.length,
      latencyMs: this.#tally.overall(),
      perKind: this.#tally.perKind(),
      outcomes: this.#tally.whole,
      startsAcknowledged: this.#startsAcknowledged,
      errors: Object.fromEntries(this.#tally.errors),
    };
  }

  #finished(call: FinishedCall): void {
    const { station, kind, outcome, ms, detail } = call;
    const answered = outcome === "ok" || outcome === "rejected";
    if (kind === "start" && answered) this.#startsAcknowledged += 1;
    this.#tally.add({ kind, outcome, ms, detail });
    const { stationId, transactionId, energyWh } = station;
    const line = { at: new Date().toISOString(), stationId, kind, outcome, ms: rounded(ms, 1) };
    this.#ackLog?.write(`${JSON.stringify({ ...line, transactionId, energyWh, detail })}\n`);
  }
}

function optionsFrom(argv: readonly string[]): LoadOptions {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args: [...argv],
    options: {
      url: { type: "string", default: "ws://127.0.0.1:8080/ocpp" },
      stations: { type: "string", default: "200" },
      seconds: { type: "string", default: "15" },
      warmup: { type: "string", default: "3" },
      mode: { type: "string", default: "load" },
      cycle: { type: "string", default: fullCycle },
      rate: text,
      "ack-log": text,
      sample: text,
    },
  });
  const pids = (values.sample ?? "").split(",").filter((part) => part !== "");
  return {
    url: values.url,
    stations: Number(values.stations),
    seconds: Number(values.seconds),
    warmupSeconds: Number(values.warmup),
    mode: values.mode === "idle" ? "idle" : "load",
    cycle: values.cycle,
    rate: values.rate === undefined ? undefined : Number(values.rate),
    ackLog: values["ack-log"],
    sample: Object.fromEntries(
      pids.map((part) => {
        const [label = part, pid] = part.split(":");
        return [label, Number(pid)];
      }),
    ),
  };
}

if (import.meta.main) {
  const result = await runLoad(optionsFrom(process.argv.slice(2)));
  process.stdout.write(`${JSON.stringify(result, null, 1)}\n`);
}
