import type { Command } from "commander";
import type { ApiClient, Document } from "../api-client.ts";
import { at, countOf, defaultItems, running } from "../context.ts";
import { PlainProblem } from "../problem.ts";

/** Add-ons: how they get on, and what they could not handle. */
export function addOnCommands(program: Command): void {
  const addOn = program.command("add-on").description("add-ons, and events that wait for a person");
  addOn
    .command("list")
    .description("list add-ons, and how far each is")
    .action(
      running(async ({ api, out }) => {
        const { items } = await api.get(at("installed-add-ons"));
        out.list(items as [], [
          ["ADD-ON", "addOn"],
          ["STATE", "state"],
          ["PARKED", "parked"],
          ["WAITING SINCE", "waitingSince"],
          ["NODE", "node"],
        ]);
      }),
    );
  addOn
    .command("parked")
    .description("list events that add-ons could not handle, and why")
    .option("--limit <n>", "how many at most", defaultItems)
    .action(
      running(async ({ api, out }, _words, { limit }) => {
        const query = { order: "-parkedAt" };
        const parked = await api.items(at("add-ons"), query, countOf(limit, "--limit"));
        out.list(
          parked.map((one) => ({ ...one, of: partitionOf(one) })),
          [
            ["ADD-ON", "addOn"],
            ["STATION", "of"],
            ["EVENT", "eventType"],
            ["PARKED", "parkedAt"],
            ["ATTEMPTS", "attempts"],
            ["ERROR", "error"],
          ],
        );
      }),
    );
  for (const judgement of judgements) judgementCommand(addOn, judgement);
}

/** What a person may say of an event that an add-on could not handle. */
const judgements = [
  {
    name: "retry",
    under: "releases",
    description: "let an add-on try again what it could not handle",
    done: (event: string, addOn: string) => `${addOn} tries ${event} again.`,
  },
  {
    name: "skip",
    under: "skips",
    description: "leave out for ever what it could not handle, and go on behind it",
    done: (event: string, addOn: string) => `${addOn} leaves out ${event}, and goes on behind it.`,
  },
] as const;

function judgementCommand(
  parent: Command,
  { name, under, description, done }: (typeof judgements)[number],
): void {
  parent
    .command(`${name} <add-on> <station>`)
    .description(description)
    .action(
      running(async ({ api, out }, [addOn = "", station = ""]) => {
        const { partition, cursor, eventType } = await parkedEvent(api, addOn, station);
        const body = { partition, cursor };
        const answer = await api.send("POST", at("add-ons", addOn, under), { body });
        out.told(answer, done(String(eventType), addOn));
      }),
    );
}

/** More than wait anywhere: each station has at most one at an add-on. */
const parkedMax = 100_000;

/** The one event of a station that an add-on has stopped at; later ones wait behind it. */
async function parkedEvent(api: ApiClient, addOn: string, station: string): Promise<Document> {
  const parked = await api.items(at("add-ons"), { addOn }, parkedMax);
  // Identities of stations are the same in large and small letters.
  const wanted = station.normalize("NFC").toLowerCase();
  const found = parked.find((one) => partitionOf(one) === wanted);
  if (found !== undefined) return found;
  throw new PlainProblem(
    `Nothing of ${station} waits for a person at ${addOn}.`,
    "See what does: npx motown add-on parked",
  );
}

/** The station whose events wait, as a person writes it. */
function partitionOf({ partition }: Document): string {
  return decodeURIComponent(String(partition));
}
