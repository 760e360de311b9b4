import type { TruthGroup } from "../case.ts";
import { clocks } from "./clocks.ts";
import { crashes } from "./crashes.ts";
import { meters } from "./meters.ts";
import { numbers } from "./numbers.ts";
import { offline } from "./offline.ts";
import { places } from "./places.ts";
import { repeats } from "./repeats.ts";
import { tokens } from "./tokens.ts";

/** Every case there is. */
export const groups: readonly TruthGroup[] = [
  offline,
  numbers,
  repeats,
  meters,
  clocks,
  tokens,
  places,
  crashes,
];
