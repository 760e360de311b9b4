/** What an actor may do, resolved by the bus from the access policy before a guard sees it. */
export interface Authority {
  /** Passes on every station, present and future. */
  readonly administrator: boolean;
  /** Permissions held on every station: command types, or `Type.qualifier`. */
  readonly permissions: ReadonlySet<string>;
  /** Commands that an add-on declared in its grants. */
  readonly grants: ReadonlySet<string>;
}

/** Who sends a command: a station, a person or key at the API, an add-on, or Motown itself. */
export interface Actor {
  readonly kind: "station" | "operator" | "add-on" | "system";
  readonly id: string;
  readonly authority: Authority;
}

const nothing: ReadonlySet<string> = new Set();

/** The authority of somebody who was granted nothing. */
export const noAuthority: Authority = {
  administrator: false,
  permissions: nothing,
  grants: nothing,
};

/** A station; its messages are facts, so it needs no authority. */
export function stationActor(id: string): Actor {
  return { kind: "station", id, authority: noAuthority };
}

/** Motown itself: deadlines, provisional configuration, first start. */
export function systemActor(id: string): Actor {
  return { kind: "system", id, authority: { ...noAuthority, administrator: true } };
}

/** An add-on with the commands that it declared. */
export function addOnActor(id: string, commands: readonly string[]): Actor {
  return { kind: "add-on", id, authority: { ...noAuthority, grants: new Set(commands) } };
}
