import type { Command } from "commander";
import { at, countOf, defaultItems, numberOf, type Options, running } from "../context.ts";
import { PlainProblem } from "../problem.ts";

/** More than any station has; how many a type may have is the server's word. */
const evsesMax = 1000;

/** Station types and tokens: what Motown must know before it can serve. */
export function catalogueCommands(program: Command): void {
  typeCommands(program.command("type").description("station types"));
  tokenCommands(program.command("token").description("tokens that may charge"));
}

function typeCommands(type: Command): void {
  type
    .command("add <vendor> <model>")
    .description("say what a vendor's model consists of, once for all its stations")
    .option("--evses <n>", "how many cars can charge at once", "1")
    .option("--connector <type>", "plug of each EVSE, for example IEC_62196_T2", "IEC_62196_T2")
    .option("--current <AC|DC>")
    .option("--phases <n>")
    .option("--voltage <V>")
    .option("--max-current <A>")
    .option("--max-power <W>")
    .option("--set <key=value...>", "configuration keys that each such station gets")
    .action(
      running(async ({ api, out }, [vendor = "", model = ""], options) => {
        const connector = connectorOf(options);
        const count = countOf(options.evses, "--evses", evsesMax);
        const evses = Array.from({ length: count }, (_none, index) => ({
          evseId: index + 1,
          connectors: [connector],
        }));
        const configuration = settingsOf((options.set ?? []) as readonly string[]);
        const body = { evses, configuration };
        const made = await api.send("PUT", at("station-types", vendor, model), { body });
        out.told(made, `${vendor} ${model} is in the catalogue: ${count} EVSE(s).`);
      }),
    );
  type
    .command("list")
    .description("list the catalogue, and which types are missing in it")
    .option("--limit <n>", "how many at most", defaultItems)
    .action(
      running(async ({ api, out }, _words, { limit }) => {
        const known = await api.items(at("station-types"), {}, countOf(limit, "--limit"));
        out.list(
          known.map((one) => ({ ...one, evseCount: (one.evses as unknown[]).length })),
          [
            ["VENDOR", "vendor"],
            ["MODEL", "model"],
            ["EVSES", "evseCount"],
            ["REVISION", "revision"],
          ],
        );
      }),
    );
  type
    .command("unknown")
    .description("list types that stations have, and no catalogue knows")
    .option("--limit <n>", "how many at most", defaultItems)
    .action(
      running(async ({ api, out }, _words, { limit }) => {
        const unknown = await api.items(at("unknown-types"), {}, countOf(limit, "--limit"));
        out.list(unknown, [
          ["VENDOR", "vendor"],
          ["MODEL", "model"],
          ["STATIONS", "stationCount"],
          ["SINCE", "firstSeenAt"],
        ]);
      }),
    );
}

function tokenCommands(token: Command): void {
  token
    .command("add <uid>")
    .description("let a token charge")
    .option("--expires-at <instant>", "until then, ISO 8601 with a zone")
    .option("--group <token>", "tokens of one group may stop each other's sessions")
    .option("--concurrency <n>", "sessions at once")
    .action(
      running(async ({ api, out }, [uid = ""], { expiresAt, group, concurrency }) => {
        const most = concurrency === undefined ? undefined : countOf(concurrency, "--concurrency");
        const body = { status: "accepted", expiresAt, groupToken: group, concurrency: most };
        const made = await api.send("PUT", at("tokens", uid), { body });
        const until = expiresAt === undefined ? "" : ` until ${expiresAt}`;
        out.told(made, `Token ${uid} may charge${until}.`);
      }),
    );
  token
    .command("block <uid>")
    .description("forbid a token to charge")
    .action(
      running(async ({ api, out }, [uid = ""]) => {
        const body = { status: "blocked" };
        out.told(await api.send("PUT", at("tokens", uid), { body }), `Token ${uid} is blocked.`);
      }),
    );
  token
    .command("remove <uid>")
    .description("forget a token")
    .option("--erase", "its value as well: what happened with it shows no value any more")
    .action(
      running(async ({ api, out }, [uid = ""], { erase }) => {
        const path = `${at("tokens", uid)}${erase === true ? "?erase=true" : ""}`;
        const done = erase === true ? "erased" : "forgotten";
        out.told(await api.send("DELETE", path), `Token ${uid} is ${done}.`);
      }),
    );
  token
    .command("list")
    .description("list tokens")
    .option("--limit <n>", "how many at most", defaultItems)
    .action(
      running(async ({ api, out }, _words, { limit }) => {
        out.list(await api.items(at("tokens"), {}, countOf(limit, "--limit")), [
          ["TOKEN", "identifyingToken"],
          ["STATUS", "status"],
          ["EXPIRES", "expiresAt"],
          ["GROUP", "groupToken"],
          ["AT ONCE", "concurrency"],
        ]);
      }),
    );
}

function connectorOf(options: Options): Record<string, unknown> {
  const { connector, current, phases, voltage, maxCurrent, maxPower } = options;
  const number = (option: string, value: unknown) =>
    value === undefined ? undefined : numberOf(value, option);
  return {
    connectorId: 1,
    type: connector,
    current,
    phases: number("--phases", phases),
    voltageV: number("--voltage", voltage),
    maxCurrentA: number("--max-current", maxCurrent),
    maxPowerW: number("--max-power", maxPower),
  };
}

function settingsOf(pairs: readonly string[]): Record<string, string> | undefined {
  if (pairs.length === 0) return undefined;
  return Object.fromEntries(
    pairs.map((pair) => {
      const equals = pair.indexOf("=");
      if (equals < 1) throw new PlainProblem(`--set ${pair} is no key=value.`);
      return [pair.slice(0, equals), pair.slice(equals + 1)];
    }),
  );
}
