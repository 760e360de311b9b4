import { execFileSync } from "node:child_process";

/** The commit that is checked out, for a report; the word `unknown` outside of a repository. */
export function checkedOut(): string {
  try {
    const text = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" });
    return text.trim();
  } catch {
    return "unknown";
  }
}
