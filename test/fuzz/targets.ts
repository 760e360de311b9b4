import type { Target } from "./target.ts";
import { apiTarget } from "./targets/api.ts";
import { frameTarget } from "./targets/frame.ts";
import { payloadTarget } from "./targets/payload.ts";
import { rpcTarget } from "./targets/rpc.ts";
import { settingsTarget } from "./targets/settings.ts";
import { steadyTarget } from "./targets/steady.ts";
import { wireTarget } from "./targets/wire.ts";

/** A target, and how many of a thousand frames of a long run go to it. */
export interface Share {
  readonly target: Target;
  readonly perMille: number;
}

/** All targets. */
export const shares: readonly Share[] = [
  { target: frameTarget(), perMille: 500 },
  { target: payloadTarget(), perMille: 364 },
  { target: rpcTarget(), perMille: 120 },
  { target: steadyTarget(), perMille: 10 },
  { target: apiTarget(), perMille: 4 },
  { target: settingsTarget(), perMille: 1 },
  { target: wireTarget(), perMille: 1 },
];
