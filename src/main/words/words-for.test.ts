import { expect, it } from "vitest";
import { StoreUnavailable } from "#bus";
import { StoreProblem } from "#store-problem";
import { wordsFor } from "./words-for.ts";

it("says in words what whoever starts the program can do about it", () => {
  const taken = Object.assign(new Error("listen"), { code: "EADDRINUSE", port: 8080 });
  expect(wordsFor(taken)).toMatch(/^Port 8080 is taken by another program\..*--port 8081$/);
  expect(wordsFor(new StoreProblem("locked", "Another one has it."))).toBe("Another one has it.");
  expect(wordsFor(new StoreUnavailable("PostgreSQL took too long"))).toBe(
    "The event store is not available: PostgreSQL took too long. " +
      "Nothing is lost: start again when it is.",
  );
});

it("keeps the stack of what nobody has foreseen", () => {
  expect(wordsFor(new TypeError("x is not y"))).toMatch(/TypeError: x is not y\n\s+at /);
  expect(wordsFor("gone")).toBe("gone");
});
