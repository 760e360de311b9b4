import type { Command } from "commander";
import { at, countOf, defaultItems, running } from "../context.ts";

/** Stations: seen, registered, accepted. */
export function stationCommands(program: Command): void {
  program
    .command("stations")
    .description("list stations")
    .option("--state <state>", "waiting, unaccepted, unconfigured, operational, decommissioned")
    .option("--search <text>", "in id, vendor, model, serial number, city")
    .option("--limit <n>", "how many at most", defaultItems)
    .action(
      running(async ({ api, out }, _words, { state, search, limit }) => {
        const query = { state: state as string, search: search as string };
        const items = await api.items(at("charging-stations"), query, countOf(limit, "--limit"));
        out.list(items, [
          ["STATION", "stationId"],
          ["STATE", "state"],
          ["CONNECTED", "connection.connected"],
          ["STATUS", "status"],
          ["VENDOR", "vendor"],
          ["MODEL", "model"],
          ["EVSES", "evseCount"],
          ["CHARGING", "openTransactions"],
          ["LAST SEEN", "connection.lastSeenAt"],
        ]);
      }),
    );

  const decisions = [
    ["accept", "AcceptChargingStation", "accepted", "serve a station"],
    ["unaccept", "UnacceptChargingStation", "no longer accepted", "stop serving a station"],
    ["decommission", "DecommissionChargingStation", "decommissioned", "take a station out of use"],
    [
      "recommission",
      "RecommissionChargingStation",
      "in use again",
      "take a station into use again",
    ],
  ] as const;
  for (const [name, type, word, description] of decisions) {
    program
      .command(`${name} <stationId>`)
      .description(description)
      .action(
        running(async ({ api, out }, [stationId = ""]) => {
          const path = at("charging-stations", stationId, "commands");
          const done = await api.send("POST", path, { body: { type } });
          out.told(done, `${stationId} is ${word}.`);
        }),
      );
  }
  oneStation(program);
}

function oneStation(program: Command): void {
  const station = program.command("station").description("one station");
  station
    .command("add <stationId>")
    .description("register a station before its first boot")
    .option("--accepted", "serve it from its first boot on")
    .option("--vendor <vendor>", "with --model: configure it as this type of the catalogue")
    .option("--model <model>")
    .option("--password <password>", "with which it connects; 16 to 40 characters")
    .action(
      running(async ({ api, out }, [stationId = ""], { accepted, vendor, model, password }) => {
        const body = { stationId, accepted, vendor, model, password };
        const made = await api.send("POST", at("charging-stations"), { body });
        out.told(made, `${stationId} is registered (${made.state}).`);
      }),
    );
  station
    .command("show <stationId>")
    .description("everything about one station")
    .action(
      running(async ({ api, out }, [stationId = ""]) => {
        const found = await api.get(at("charging-stations", stationId));
        out.line(JSON.stringify(found, null, 2));
      }),
    );

  program
    .command("password <stationId>")
    .description("set a station's password, or make one and show it this once")
    .option("--password <password>", "16 to 40 characters")
    .action(
      running(async ({ api, out }, [stationId = ""], { password }) => {
        const path = at("charging-stations", stationId, "password");
        const made = await api.send("PUT", path, { body: { password } });
        const shown = made.password === undefined ? "is set" : `is ${made.password}`;
        out.told(
          made,
          `The password of ${stationId} ${shown}. It counts from the next connect on.`,
        );
      }),
    );
}
