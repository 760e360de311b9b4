import { jsonRepairs } from "../quirks/flags.ts";
import {
  type BadFrame,
  type CallFrame,
  type ErrorFrame,
  parseFrame,
  type ResultFrame,
} from "./frame.ts";
import type { Peer, RpcParts } from "./parts.ts";

/**
 * A frame of broken JSON, repaired as the station's quirks say. A station that has not told what
 * it is yet may tell so in such a frame: a boot whose own profile repairs it. Strict stations have
 * no quirks.
 */
export async function repairedFrame(
  parts: RpcParts,
  peer: Peer,
  given: { readonly frame: BadFrame; readonly text: string },
): Promise<CallFrame | ResultFrame | ErrorFrame | undefined> {
  const { frame, text } = given;
  if (frame.deviation !== "invalidJson") return undefined;
  const state = await parts.bus.commands.station(peer.key);
  if (parts.settings.strict || state.strict) return undefined;
  const { repairJson } = parts.quirks.of(state);
  if (repairJson !== undefined) return whole(parseFrame(text, repairJson));
  if (state.vendor !== undefined || state.model !== undefined) return undefined;
  const boot = parseFrame(text, jsonRepairs);
  if (boot.kind !== "call") return undefined;
  const model = peer.version.modelOf?.(boot.action, boot.payload);
  if (model === undefined) return undefined;
  const told = parts.quirks.of({ ...state, stationId: peer.stationId, ...model }).repairJson;
  return told === undefined ? undefined : whole(parseFrame(text, told));
}

function whole(frame: ReturnType<typeof parseFrame>) {
  return frame.kind === "bad" || frame.kind === "empty" ? undefined : frame;
}
