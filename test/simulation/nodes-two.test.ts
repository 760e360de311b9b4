// Goal: whatever happens between several nodes and what they share, they are one Motown. Method:
// the worlds of README.md, with as many nodes as the seed says.
import { describe } from "vitest";
import { holdsInWorlds } from "./worlds.ts";

describe("Motown on several nodes", () => holdsInWorlds({ first: 21, last: 40 }, "any"));
