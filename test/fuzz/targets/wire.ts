// Real sockets: bytes that are no HTTP, handshakes that are none, WebSocket frames as no client
// writes them. The process stays, others are served on, and every socket comes to its end.
import { connect } from "node:net";
import { startTestMotown, type TestMotown } from "#support/motown";
import { connectRaw, type RawStation } from "#support/rpc/raw-station";
import { connectionBytes } from "../generate/bytes.ts";
import { type Chance, chanceOf } from "../generate/chance.ts";
import { realFrames } from "../generate/corpus.ts";
import { within } from "../patience.ts";
import { type Findings, findingsOf, type Round, type Target } from "../target.ts";

const atOnce = 10;
const patienceMs = 5_000;

/** Connections to a Motown that listens. */
export function wireTarget(): Target {
  return {
    name: "wire",
    frames: 400,
    growth: { bytes: 24 * 2 ** 20, bytesPerFrame: 500 },
    round: async ({ seed, frames }): Promise<Round> => {
      const findings = findingsOf("wire", seed);
      const house = await startTestMotown({ limits: { handshakeMs: 1_000, silenceMs: 3_000 } });
      try {
        await house.admit("VICTIM");
        await house.admit("NEIGHBOUR");
        const neighbour = await connectRaw(`${house.wireUrl}/NEIGHBOUR`);
        const done = await play({ house, neighbour, findings, chance: chanceOf(seed) }, frames);
        neighbour.ws.terminate();
        return { frames: done, faults: findings.list };
      } finally {
        await house.stop();
      }
    },
  };
}

interface Stage {
  readonly house: TestMotown;
  readonly neighbour: RawStation;
  readonly findings: Findings;
  readonly chance: Chance;
}

async function play(stage: Stage, frames: number): Promise<number> {
  const { house, chance, findings } = stage;
  const corpus = await realFrames();
  let done = 0;
  while (done < frames && !findings.full) {
    const sent = Array.from({ length: atOnce }, () => connectionBytes(chance, corpus));
    await Promise.all(sent.map((bytes) => throwAt(house.motown.port, bytes)));
    done += atOnce;
    const sample = sent.map((bytes) => bytes.toString("latin1").slice(0, 150)).join("\n");
    const report = (what: string) => findings.add({ what, frame: done, sample });
    await look(stage, report).catch((error: unknown) => report(`not served on: ${error}`));
  }
  return done;
}

/** Writes the bytes and ends; resolves when the other side has ended, too, or has had its time. */
function throwAt(port: number, bytes: Buffer): Promise<void> {
  const unheardMs = 300;
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    const over = () => {
      socket.destroy();
      resolve();
    };
    socket.setTimeout(unheardMs, over);
    socket.on("error", over);
    socket.on("close", over);
    socket.resume();
    socket.end(bytes);
  });
}

async function look({ house, neighbour }: Stage, report: (what: string) => void): Promise<void> {
  const answer = await within(patienceMs, neighbour.ask('[2,"h","Heartbeat",{}]'));
  if (!answer.startsWith('[3,"h",')) report(`the neighbour was answered ${answer}`);
  const live = await within(patienceMs, house.api("GET", "/livez"));
  if (live.status !== 200) report(`/livez is ${live.status}`);
  const lines = house.log.lines.filter(({ level }) => level === "error");
  for (const { message, fields } of lines)
    report(`the log says: ${message} ${String(fields?.error)}`);
  (house.log.lines as unknown[]).length = 0;
}
