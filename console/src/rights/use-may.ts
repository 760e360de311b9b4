import type { Look } from "../api/call.ts";
import type { Act } from "../api/use-act.ts";
import { useSession } from "../session/session.ts";
import { useText } from "../strings/language.ts";
import { useAllowed } from "./use-allowed.ts";
import { type Says, unanswered, unlessRefused, type Verdict, whereAllowed } from "./verdict.ts";

/** What a button is for. */
export interface Doing {
  readonly operation: Act;
  /** What its request will say, as far as it is known, where that matters. */
  readonly says?: Says | undefined;
  /** The station that it is about, on which something may be permitted apart. */
  readonly stationId?: string | undefined;
}

/** Whether it may be done, by the word of the API: of a station where it is about one. */
export function useMay(doing: Doing): Verdict {
  const t = useText();
  const { commands, refusal, isAskedAgain } = useAllowed(doing.stationId);
  const { data } = useSession();
  if (doing.stationId === undefined) {
    // A node of an earlier release says nothing of it, and refuses by itself.
    return unlessRefused((data?.signedIn === true && data.mayNot) || [], doing, t);
  }
  if (commands === undefined) return unanswered(refusal, isAskedAgain, t);
  return whereAllowed(commands, doing, t);
}

/** Whether something may be looked at; what names nothing, anybody may. */
export function useMaySee(): (operation: Look | undefined) => boolean {
  const t = useText();
  const { data } = useSession();
  const refused = (data?.signedIn === true && data.mayNot) || [];
  return (operation) => operation === undefined || unlessRefused(refused, { operation }, t).allowed;
}
