import { messages } from "#ocpp/v1_6";
import { laterCases, ocaCases } from "./oca-cases.ts";
import { isTest, type Source, sourcesIn, testsOfAction, testsOfCase } from "./scan.ts";
import { link, type Section, table } from "./section.ts";

interface Row {
  readonly action: string;
  readonly direction: "fromStation" | "toStation" | "both";
  readonly spec?: string;
}

const actionsExpected = 39;

/** Actions of OCPP 1.6 with its security extension: each one's row and tests. */
export function actionSection(): Section {
  const sources = sourcesIn("src/ocpp/v1_6");
  const rows = Object.entries<Row | "notSupported">(messages).sort(([a], [b]) => (a < b ? -1 : 1));
  const served = rows.filter(([, row]) => row !== "notSupported");
  return {
    title: `OCPP 1.6: ${served.length}/${actionsExpected} actions`,
    lines: table(
      ["action", "direction", "row", "tests"],
      rows.map(([action, row]) => [
        `\`${action}\``,
        row === "notSupported" ? "declared missing" : directions[row.direction],
        [fileOf(sources, action)]
          .filter((file) => file !== undefined)
          .map(link)
          .join(""),
        testsOfAction(sources, action).slice(0, 1).map(link).join(""),
      ]),
    ),
    missing: [
      ...(rows.length === actionsExpected ? [] : [`${rows.length} actions of ${actionsExpected}`]),
      ...served
        .filter(([action]) => fileOf(sources, action) === undefined)
        .map(([action]) => `no row of the action ${action} was found`),
      ...rows
        .filter(([action]) => testsOfAction(sources, action).length === 0)
        .map(([action]) => `no test names the action ${action}`),
    ],
  };
}

const directions = {
  fromStation: "from the station",
  toStation: "to the station",
  both: "both ways",
} as const;

function fileOf(sources: readonly Source[], action: string): string | undefined {
  return sources.find((source) => !isTest(source) && source.text.includes(`action: "${action}",`))
    ?.path;
}

/** The certification's cases: each one's test, by the number in its title. */
export function caseSection(sources: readonly Source[]): Section {
  const due = ocaCases.filter((number) => !laterCases.has(number));
  const done = due.filter((number) => testsOfCase(sources, number).length > 0);
  return {
    title: `OCPP 1.6: ${done.length}/${due.length} cases of the Open Charge Alliance`,
    lines: [
      `${laterCases.size} more need certificates and signed firmware, which come later.`,
      "",
      ...table(
        ["case", "test", "file"],
        due.map((number) => {
          const tests = testsOfCase(sources, number);
          const titles = tests.map((test) => test.title).join("<br>");
          return [number, titles, [...new Set(tests.map((test) => link(test.path)))].join(", ")];
        }),
      ),
    ],
    missing: due
      .filter((number) => !done.includes(number))
      .map((number) => `no test is titled TC_${number} …`),
  };
}
