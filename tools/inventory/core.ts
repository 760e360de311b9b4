import { deciders, type RejectionCode, rejections } from "#core";
import type { Mapping } from "./mapping.ts";
import { motownCommands } from "./motown-commands.ts";
import { motownEvents } from "./motown-events.ts";
import {
  rowFile,
  type Source,
  sourcesIn,
  storiesOfCommand,
  storiesOfEvent,
  storiesOfRejection,
} from "./scan.ts";
import { link, type Section, table } from "./section.ts";

type StoriesOf = (sources: readonly Source[], name: string) => readonly string[];

interface Kind {
  readonly title: string;
  readonly ending: string;
  readonly motown: readonly Mapping[];
  readonly ours: readonly string[];
  readonly storiesOf: StoriesOf;
}

const namesIn = (tables: readonly Readonly<Record<string, unknown>>[]) =>
  tables.flatMap((one) => Object.keys(one)).sort();

const commands: Kind = {
  title: "Commands",
  ending: "Command",
  motown: motownCommands,
  ours: namesIn(Object.values(deciders).map((decider) => decider.commands)),
  storiesOf: storiesOfCommand,
};

const events: Kind = {
  title: "Events",
  ending: "Event",
  motown: motownEvents,
  ours: namesIn(Object.values(deciders).map((decider) => decider.events)),
  storiesOf: storiesOfEvent,
};

/** Commands and events: what became of Motown's, and what is new. */
export function coreSections(): readonly Section[] {
  const sources = [...sourcesIn("src/core"), ...sourcesIn("test/stories")];
  return [section(commands, sources), section(events, sources), refusals(sources)];
}

function section(kind: Kind, sources: readonly Source[]): Section {
  const mapped = [...kind.motown].sort((a, b) => (a.motown < b.motown ? -1 : 1));
  const carried = new Set(mapped.flatMap((entry) => entry.ours));
  const added = kind.ours.filter((name) => !carried.has(name));
  const files = (names: readonly string[]) =>
    unique(names.flatMap((name) => rowFile(sources, name) ?? []));
  const stories = (names: readonly string[]) =>
    unique(names.flatMap((name) => kind.storiesOf(sources, name).slice(0, 1)));
  const cells = (names: readonly string[]) => [
    names.map((name) => `\`${name}\``).join(", "),
    files(names).map(link).join(", "),
    stories(names).map(link).join(", "),
  ];
  return {
    title: `${kind.title}: ${mapped.length} of Motown's, ${added.length} more`,
    lines: [
      ...table(
        ["Motown's", "what became of it", "ours", "file", "stories"],
        mapped.map((entry) => [
          `\`${entry.motown}${kind.ending}\``,
          fate(entry),
          ...cells(entry.ours),
        ]),
      ),
      "",
      "What Motown never had:",
      "",
      ...table(
        ["ours", "file", "stories"],
        added.map((name) => cells([name])),
      ),
    ],
    missing: [
      ...[...carried]
        .filter((name) => !kind.ours.includes(name))
        .map((name) => `${name} is in the mapping and not in the core`),
      ...kind.ours
        .filter((name) => rowFile(sources, name) === undefined)
        .map((name) => `no row of ${name} was found`),
      ...kind.ours
        .filter((name) => kind.storiesOf(sources, name).length === 0)
        .map((name) => `${name} has no story`),
      ...mapped
        .filter((entry) => entry.ours.length === 0 && entry.because === undefined)
        .map((entry) => `${entry.motown} is gone without a reason`),
    ],
  };
}

function fate({ motown, ours, because }: Mapping): string {
  if (because !== undefined) return `replaced: ${because}`;
  return ours.length === 1 && ours[0] === motown ? "kept" : "renamed";
}

function refusals(sources: readonly Source[]): Section {
  const codes = Object.keys(rejections).sort() as RejectionCode[];
  return {
    title: `Refusals: ${codes.length} codes`,
    lines: table(
      ["code", "HTTP", "sentence", "stories"],
      codes.map((code) => [
        `\`${code}\``,
        `${rejections[code].http}`,
        rejections[code].sentence,
        storiesOfRejection(sources, code).slice(0, 1).map(link).join(""),
      ]),
    ),
    missing: codes
      .filter((code) => storiesOfRejection(sources, code).length === 0)
      .map((code) => `no story is refused with ${code}`),
  };
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
