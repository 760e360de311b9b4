import type { CommitUnit } from "#bus";
import type { LogNote } from "./notes.ts";

/**
 * What a write has to itself in a batch: the server judges each unit by what was there before the
 * batch. Whatever shares one of these with another waits for the next.
 */
export function keysOf(write: CommitUnit | LogNote): string | readonly string[] | undefined {
  return "note" in write ? keyOfNote(write) : keysOfUnit(write);
}

function keyOfNote(note: LogNote): string | undefined {
  switch (note.note) {
    case "connect":
    case "disconnect":
      return `connection ${note.note === "connect" ? note.row.station : note.station}`;
    case "snapshot":
      return `snapshot ${note.snapshot.stream}`;
    case "checkpoint":
      return `checkpoint ${note.consumer}`;
    case "seen":
      return undefined;
  }
}

function keysOfUnit(unit: CommitUnit): readonly string[] {
  const { station, appends, receipt, vault, credentials, forgetCredentials, eraseTokens } = unit;
  const keys: string[] = [];
  if (station !== undefined) keys.push(`station ${station}`);
  for (const { stream } of appends) keys.push(`stream ${stream}`);
  if (receipt !== undefined) keys.push(`receipt ${receipt.id}`);
  for (const { ref, lookup } of vault ?? []) keys.push(`token ${ref}`, `lookup ${lookup}`);
  for (const ref of eraseTokens ?? []) keys.push(`token ${ref}`);
  for (const { owner } of credentials ?? []) keys.push(`owner ${owner}`);
  for (const owner of forgetCredentials ?? []) keys.push(`owner ${owner}`);
  for (const { requestId } of unit.requests ?? []) keys.push(`request ${requestId}`);
  for (const requestId of unit.requestsDone ?? []) keys.push(`request ${requestId}`);
  return keys;
}

/** Characters that a write brings, roughly: what its batch costs on the wire and in memory. */
export function weightOf(write: CommitUnit | LogNote): number {
  if ("note" in write) return write.note === "snapshot" ? write.snapshot.state.length : 0;
  let weight = write.receipt?.answer.length ?? 0;
  for (const { events } of write.appends) {
    for (const { data, meta } of events) weight += data.length + meta.length;
  }
  return weight;
}
