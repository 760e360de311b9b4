import { type Actor, addOnActor, noAuthority, stationActor, systemActor } from "#core";

/** The station that stories are about, under the identity that it says. */
export const stationId = "CP/01";

/** The station itself. */
export const theStation: Actor = stationActor(stationId);

/** Motown's own clockwork. */
export const motown: Actor = systemActor("motown");

/** Who passes everywhere. */
export const administrator: Actor = {
  kind: "operator",
  id: "ada",
  authority: { ...noAuthority, administrator: true },
};

/** A person with these permissions on every station. */
export function operator(...permissions: readonly string[]): Actor {
  return {
    kind: "operator",
    id: "oscar",
    authority: { ...noAuthority, permissions: new Set(permissions) },
  };
}

/** An add-on that declared these commands. */
export function addOn(...commands: readonly string[]): Actor {
  return addOnActor("some-add-on", commands);
}
