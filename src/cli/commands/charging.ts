import type { Command } from "commander";
import type { Document } from "../api-client.ts";
import { at, type Context, countOf, defaultItems, running } from "../context.ts";
import { PlainProblem } from "../problem.ts";

const waitSeconds = 30;

/** What stations are asked to do, and the sessions that come of it. */
export function chargingCommands(program: Command): void {
  program
    .command("start <stationId> <token>")
    .description("start a session remotely")
    .option("--evse <n>", "on this EVSE; else the station chooses")
    .action(
      running(async (context, [stationId = "", identifyingToken = ""], { evse }) => {
        const evseId = evse === undefined ? undefined : countOf(evse, "--evse");
        await ask(context, stationId, {
          type: "RequestStartTransaction",
          identifyingToken,
          evseId,
        });
      }),
    );
  program
    .command("stop <stationId> [transaction]")
    .description("stop a session remotely, by its id or number; the only one needs no name")
    .action(
      running(async (context, [stationId = "", named]) => {
        const transaction = await transactionOf(context, stationId, named);
        await ask(context, stationId, { type: "RequestStopTransaction", ...transaction });
      }),
    );
  program
    .command("end <transaction>")
    .description("end a session, by its id or number, whose station will not end it any more")
    .action(
      running(async ({ api, out }, [named = ""]) => {
        const transactionId = await idOf(api, named);
        const path = at("transactions", transactionId, "commands");
        const done = await api.send("POST", path, { body: { type: "EndTransaction" } });
        out.told(done, `Session ${named} has ended by an estimate. A late stop corrects it.`);
      }),
    );
  program
    .command("send <stationId> <type> [fields...]")
    .description(
      "send any command or request of /docs: npx motown send CP01 RequestReset kind=soft",
    )
    .action(
      running(async (context, [stationId = "", type = "", ...fields]) => {
        const body = { type, ...Object.fromEntries(fields.map(fieldOf)) };
        if (type.startsWith("Request")) return ask(context, stationId, body);
        const path = at("charging-stations", stationId, "commands");
        const done = await context.api.send("POST", path, { body });
        const events = (done.events as readonly Document[]).map((event) => event.type);
        context.out.told(done, events.length > 0 ? events.join(", ") : "It is so already.");
      }),
    );
  sessionLists(program);
}

function sessionLists(program: Command): void {
  program
    .command("transactions")
    .description("list sessions, newest first")
    .option("--station <stationId>")
    .option("--state <state>", "active, ended, estimated")
    .option("--limit <n>", "how many at most", defaultItems)
    .action(
      running(async ({ api, out }, _words, { station, state, limit }) => {
        const query = { stationId: station as string, state: state as string };
        out.list(await api.items(at("transactions"), query, countOf(limit, "--limit")), [
          ["TRANSACTION", "transactionId"],
          ["NUMBER", "transactionNumber"],
          ["STATION", "stationId"],
          ["EVSE", "evseId"],
          ["STATE", "state"],
          ["TOKEN", "identifyingToken"],
          ["STARTED", "startedAt"],
          ["STOPPED", "stoppedAt"],
          ["WH", "energyWh"],
        ]);
      }),
    );
  program
    .command("requests")
    .description("list what stations were asked, newest first")
    .option("--station <stationId>")
    .option("--limit <n>", "how many at most", defaultItems)
    .action(
      running(async ({ api, out }, _words, { station, limit }) => {
        const query = { stationId: station as string };
        out.list(await api.items(at("requests"), query, countOf(limit, "--limit")), [
          ["REQUEST", "requestId"],
          ["STATION", "stationId"],
          ["TYPE", "type"],
          ["STATE", "state"],
          ["OUTCOME", "outcome"],
          ["STATUS", "status"],
          ["REQUESTED", "requestedAt"],
        ]);
      }),
    );
}

async function ask({ api, out }: Context, stationId: string, body: Document): Promise<void> {
  const path = at("charging-stations", stationId, "requests");
  const headers = { prefer: `wait=${waitSeconds}` };
  const request = await api.send("POST", path, { body, headers });
  out.told(request, sentenceOf(stationId, request));
  if (request.state === "done" && request.outcome !== "accepted") process.exitCode = 1;
}

const sentences: Readonly<Record<string, string>> = {
  accepted: "accepted it",
  rejected: "rejected it",
  notSupported: "does not know this request",
  failed: "answered with an error",
  timedOut: "did not answer in time; it may have done it nevertheless",
  stationOffline: "is not connected; it was not sent",
  superseded: "was asked anew before this one was sent",
};

function sentenceOf(stationId: string, request: Document): string {
  if (request.state !== "done") {
    const look = `Look again: npx motown requests --station ${stationId}`;
    return `${stationId} has not answered within ${waitSeconds} s. ${look}`;
  }
  const said = request.status === undefined ? "" : ` (${request.status})`;
  return `${stationId} ${sentences[String(request.outcome)] ?? request.outcome}${said}.`;
}

async function transactionOf(
  { api }: Context,
  stationId: string,
  named: string | undefined,
): Promise<Document> {
  if (named !== undefined) {
    const number = /^-?\d+$/.test(named);
    return number ? { transactionNumber: Number(named) } : { transactionId: named };
  }
  const path = at("charging-stations", stationId, "transactions");
  const page = await api.get(path, { state: "active", limit: 2 });
  const open = page.items as readonly Document[];
  const [only] = open;
  if (only === undefined) throw new PlainProblem(`Nothing is charging at ${stationId}.`);
  if (open.length > 1) {
    throw new PlainProblem(
      `Several sessions are running at ${stationId}; say which.`,
      `See them: npx motown transactions --station ${stationId} --state active`,
    );
  }
  return { transactionId: only.transactionId };
}

/** A number is of one station only: two sessions of one number must be told apart by id. */
async function idOf(api: Context["api"], named: string): Promise<string> {
  if (!/^-?\d+$/.test(named)) return named;
  const page = await api.get(at("transactions"), { transactionNumber: named, limit: 2 });
  const found = page.items as readonly Document[];
  if (found.length === 1) return String(found[0]?.transactionId);
  const how = found.length === 0 ? "No session has" : "Several sessions have";
  throw new PlainProblem(`${how} the number ${named}.`, "See them: npx motown transactions");
}

function fieldOf(field: string): readonly [string, unknown] {
  const equals = field.indexOf("=");
  if (equals < 1) throw new PlainProblem(`${field} is no name=value.`);
  const text = field.slice(equals + 1);
  try {
    return [field.slice(0, equals), JSON.parse(text)];
  } catch {
    return [field.slice(0, equals), text];
  }
}
