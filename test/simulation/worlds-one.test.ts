// Goal: nothing that Motown acknowledges is lost or doubled, whatever happens. Method: the whole of
// it in small worlds of one seed each, with all that can go wrong; see README.md beside this file.
// Two files, so that two processes share the work.
import { describe } from "vitest";
import { holdsInWorlds } from "./worlds.ts";

describe("Motown", () => holdsInWorlds(1, 100));
