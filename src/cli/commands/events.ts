import { setTimeout as pause } from "node:timers/promises";
import type { Command } from "commander";
import type { ApiClient, Document } from "../api-client.ts";
import { at, type Context, countOf, running } from "../context.ts";
import { PlainProblem } from "../problem.ts";

const reconnectMs = 2000;

/** The log, as it was or as it grows. */
export function eventCommands(program: Command): void {
  program
    .command("events")
    .description("show what happened; with --follow, what happens")
    .option("--follow", "go on for ever")
    .option("--station <stationId>")
    .option("--type <names>", "only these, between commas")
    .option("--correlation <id>", "only what belongs to this request")
    .option("--after <cursor>", "from this place of the log on")
    .option("--limit <n>", "how many at most, without --follow", "100")
    .action(
      running(async (context, _words, options) => {
        const { follow, station, type, correlation, after, limit } = options;
        const query = {
          stationId: station as string | undefined,
          type: type as string | undefined,
          correlationId: correlation as string | undefined,
          after: after as string | undefined,
        };
        if (follow === true) await followOn(context, query);
        else await showPages(context, query, countOf(limit, "--limit"));
      }),
    );
}

type Wanted = Readonly<Record<string, string | undefined>>;

async function showPages({ api, out }: Context, wanted: Wanted, most: number): Promise<void> {
  let { after } = wanted;
  let shown = 0;
  while (shown < most) {
    const query = { ...wanted, after, limit: most - shown };
    const response = await api.open(at("events"), { query });
    const decoder = new TextDecoder();
    let text = "";
    for await (const piece of piecesOf(response)) text += decoder.decode(piece, { stream: true });
    const lines = text.split("\n").filter((line) => line !== "");
    for (const line of lines) out.told(JSON.parse(line), sentenceOf(JSON.parse(line)));
    shown += lines.length;
    after = response.headers.get("next-cursor") ?? undefined;
    if (response.headers.get("more") !== "true") break;
  }
  if (shown === 0) out.none();
}

async function followOn({ api, out }: Context, wanted: Wanted): Promise<void> {
  let last: string | undefined;
  let hasBegun = false;
  for (;;) {
    try {
      const response = await open(api, wanted, last);
      hasBegun = true;
      for await (const event of eventsIn(response)) {
        last = String(event.cursor);
        out.told(event, sentenceOf(event));
      }
    } catch (error) {
      // Only a stream that had begun is taken up again: a first problem would repeat for ever.
      if (!(error instanceof PlainProblem) || !hasBegun) throw error;
    }
    await pause(reconnectMs);
  }
}

function open(api: ApiClient, wanted: Wanted, last: string | undefined): Promise<Response> {
  const resumed = last === undefined ? {} : { "last-event-id": last };
  const headers = { accept: "text/event-stream", ...resumed };
  return api.open(at("events"), { query: wanted, headers });
}

async function* eventsIn(response: Response): AsyncGenerator<Document> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of piecesOf(response)) {
    rest += decoder.decode(chunk, { stream: true });
    const blocks = rest.split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const data = block.split("\n").find((line) => line.startsWith("data: "));
      if (data !== undefined) yield JSON.parse(data.slice("data: ".length)) as Document;
    }
  }
}

/** A server that was killed breaks its answers off. */
async function* piecesOf({ body }: Response): AsyncGenerator<Uint8Array> {
  try {
    yield* body ?? [];
  } catch (error) {
    throw new PlainProblem(`The server broke off its answer (${(error as Error).message}).`);
  }
}

function sentenceOf(event: Document): string {
  const meta = event.meta as { readonly recordedAt: string };
  const about = event.stationId ?? event.stream;
  return `${meta.recordedAt}  ${about}  ${event.type}  ${JSON.stringify(event.data)}`;
}
