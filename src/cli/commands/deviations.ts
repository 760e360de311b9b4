import type { Command } from "commander";
import { at, countOf, defaultItems, running } from "../context.ts";

/** Where stations differ from their specification. */
export function deviationCommands(program: Command): void {
  program
    .command("deviations [stationId]")
    .description("list where stations differ from their specification, and how often")
    .option("--models", "summed by vendor, model and firmware")
    .option("--code <code>", "one kind alone")
    .option("--vendor <vendor>")
    .option("--model <model>")
    .option("--limit <n>", "how many at most", defaultItems)
    .action(
      running(async ({ api, out }, [stationId], { models, code, vendor, model, limit }) => {
        const query = { code, vendor, model } as Record<string, string | undefined>;
        const most = countOf(limit, "--limit");
        const of = [
          ["VENDOR", "vendor"],
          ["MODEL", "model"],
          ["FIRMWARE", "firmwareVersion"],
        ] as const;
        const count = [
          ["CODE", "code"],
          ["COUNT", "count"],
          ["LAST", "lastAt"],
          ["MEANING", "meaning"],
        ] as const;
        if (models === true) {
          const items = await api.items(at("model-deviations"), query, most);
          out.list(items, [...of, ["STATIONS", "stations"], ...count]);
          return;
        }
        const items = await api.items(at("deviations"), { ...query, stationId }, most);
        out.list(items, [["STATION", "stationId"], ...of, ...count]);
      }),
    );
}
