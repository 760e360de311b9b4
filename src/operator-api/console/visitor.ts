import { firstAdministrator } from "../access/first-access.ts";
import type { Api } from "../api.ts";
import type { Visitor } from "./serve-console.ts";

/** Who comes to the console, by his cookie: the page that he is sent asks for more than that. */
export async function visitorOf({ access }: Api, cookies: string | undefined): Promise<Visitor> {
  if (access.sessions.find(cookies) !== undefined) return "inside";
  try {
    return (await access.isFresh(firstAdministrator)) ? "firstStart" : "signIn";
  } catch {
    // The store is away: the page comes all the same, and says so when it has asked.
    return "signIn";
  }
}
