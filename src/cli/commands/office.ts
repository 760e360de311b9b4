import type { Command } from "commander";
import { at, countOf, defaultItems, running } from "../context.ts";

/** Keys, users, and the program itself. */
export function officeCommands(program: Command): void {
  keyCommands(program.command("key").description("API keys for programs"));
  userCommands(program.command("user").description("people who work with Motown"));
  program
    .command("views")
    .description("the read side")
    .command("rebuild")
    .description("build all views again from the log")
    .action(
      running(async ({ api, out }) => {
        const done = await api.send("POST", at("views", "rebuild"));
        const seconds = (Number(done.milliseconds) / 1000).toFixed(1);
        out.told(done, `All views were built again from ${done.events} events in ${seconds} s.`);
      }),
    );
  program
    .command("limits")
    .description("list every limit with the value in force")
    .action(
      running(async ({ api, out }) => {
        const { items } = await api.get(at("limits"));
        out.list(items as [], [
          ["LIMIT", "name"],
          ["VALUE", "value"],
          ["UNIT", "unit"],
          ["DEFAULT", "default"],
          ["PROTECTS", "protects"],
        ]);
      }),
    );
  program
    .command("attempts")
    .description("list refused handshakes, and the URL that would have worked")
    .action(
      running(async ({ api, out }) => {
        const { items } = await api.get(at("connection-attempts"));
        out.list(items as [], [
          ["LAST", "at"],
          ["STATION", "stationId"],
          ["ADDRESS", "address"],
          ["REASON", "reason"],
          ["WOULD WORK", "workingUrl"],
          ["TIMES", "count"],
        ]);
      }),
    );
}

function keyCommands(key: Command): void {
  key
    .command("create <name>")
    .description("make a key and show it this once")
    .option("--administrator", "it may do everything")
    .option("--permission <names...>", "commands that it may send on every station")
    .option("--expires-at <instant>", "ISO 8601 with a zone")
    .action(
      running(async ({ api, out }, [name = ""], { administrator, permission, expiresAt }) => {
        const body = { name, administrator, permissions: permission, expiresAt };
        const made = await api.send("POST", at("api-keys"), { body });
        out.told(made, `${made.apiKey}\nThis is shown once. Its id is ${made.apiKeyId}.`);
      }),
    );
  key
    .command("list")
    .description("list keys, never their secrets")
    .option("--limit <n>", "how many at most", defaultItems)
    .action(
      running(async ({ api, out }, _words, { limit }) => {
        out.list(await api.items(at("api-keys"), {}, countOf(limit, "--limit")), [
          ["KEY", "apiKeyId"],
          ["NAME", "name"],
          ["ADMINISTRATOR", "administrator"],
          ["PERMISSIONS", "permissions"],
          ["EXPIRES", "expiresAt"],
          ["REVOKED", "revoked"],
        ]);
      }),
    );
  key
    .command("revoke <id>")
    .description("end a key")
    .action(
      running(async ({ api, out }, [id = ""]) => {
        out.told(await api.send("DELETE", at("api-keys", id)), `Key ${id} is revoked.`);
      }),
    );
}

function userCommands(user: Command): void {
  user
    .command("add <name>")
    .description("add a user with a one-time password")
    .option("--administrator", "may do everything")
    .option("--permission <names...>", "commands that the user may send on every station")
    .action(
      running(async ({ api, out }, [name = ""], { administrator, permission }) => {
        const body = { user: name, administrator, permissions: permission };
        const made = await api.send("POST", at("users"), { body });
        out.told(made, oneTimeSentence(made));
      }),
    );
  user
    .command("list")
    .description("list users")
    .option("--limit <n>", "how many at most", defaultItems)
    .action(
      running(async ({ api, out }, _words, { limit }) => {
        out.list(await api.items(at("users"), {}, countOf(limit, "--limit")), [
          ["USER", "user"],
          ["ADMINISTRATOR", "administrator"],
          ["PERMISSIONS", "permissions"],
          ["ONE-TIME PASSWORD", "oneTimePassword"],
        ]);
      }),
    );
  user
    .command("reset-password <name>")
    .description("give a user a new one-time password")
    .action(
      running(async ({ api, out }, [name = ""]) => {
        const made = await api.send("POST", at("users", name, "password-resets"));
        out.told(made, oneTimeSentence(made));
      }),
    );
  user
    .command("remove <name>")
    .description("remove a user")
    .action(
      running(async ({ api, out }, [name = ""]) => {
        out.told(await api.send("DELETE", at("users", name)), `${name} is removed.`);
      }),
    );
}

function oneTimeSentence(made: Readonly<Record<string, unknown>>): string {
  return `The one-time password of ${made.user} is ${made.oneTimePassword}\n${made.opens}`;
}
