import type { Speech } from "./speech.ts";
import { speech16 } from "./v1_6.ts";

/** One speech for each version of OCPP that Motown speaks in JSON. */
export const speeches: readonly Speech[] = [speech16];
