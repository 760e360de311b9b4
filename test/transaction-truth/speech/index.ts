import type { Speech } from "./speech.ts";
import { speech16 } from "./speech-1-6.ts";

/** One speech for each version of OCPP that Motown speaks in JSON. */
export const speeches: readonly Speech[] = [speech16];
