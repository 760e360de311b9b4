import type { Actor, AnyCommandRow, Rejection } from "#core";

/** A command that a route may send. */
export interface Sending {
  readonly command: string;
  /** What a request says, in its query or body, by which it is this one and no other. */
  readonly when?: Readonly<Record<string, string | boolean>> | undefined;
  /** Why somebody may not, whatever it is about. */
  refusal(actor: Actor): Rejection | undefined;
}

interface Sender {
  readonly initialState: unknown;
  readonly commands: Readonly<Record<string, AnyCommandRow<never>>>;
}

/** A command of a decider: its guard, which will decide, is the one that is asked beforehand. */
export function sending<D extends Sender>(
  decider: D,
  command: keyof D["commands"] & string,
  when?: Sending["when"],
): Sending {
  return {
    command,
    when,
    refusal: (actor) => {
      const { guards } = decider.commands[command] as AnyCommandRow<never>;
      return guards({ actor, state: decider.initialState as never, permission: command });
    },
  };
}

/** What everybody may do to himself: it goes out in Motown's own name. */
export function freely(command: string): Sending {
  return { command, refusal: () => undefined };
}
