import type { OcppVersion } from "./message.ts";
import { v1_6 } from "./v1_6/index.ts";

/** Every version that Motown speaks, in order of preference. */
export const versions: readonly OcppVersion[] = [v1_6];
