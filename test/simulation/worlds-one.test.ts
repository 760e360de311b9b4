// Goal: nothing that Motown acknowledges is lost or doubled, whatever happens. Method: the whole of
// it in small worlds of one seed each, with all that can go wrong; see README.md beside this file.
// Several files, so that several processes share the work.
import { describe } from "vitest";
import { holdsInWorlds } from "./worlds.ts";

describe("Motown", () => holdsInWorlds({ first: 1, last: 100 }));
