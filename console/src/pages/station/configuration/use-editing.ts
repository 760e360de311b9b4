import { call } from "../../../api/call.ts";
import { answers } from "../../../api/use-answer.ts";
import { showToast } from "../../../parts/toasts/toasts.ts";
import { createStore, type Store, useStore } from "../../../store.ts";
import { textNow } from "../../../strings/language.ts";
import type { Difference } from "./drafts.ts";
import { type Edit, type Editing, type Sent, sendInTurn, settled, untouched } from "./editing.ts";

/** Seconds that a station may take for its answer before the next change goes. */
const answerSeconds = 30;

/** Drafts outlive their page: who looks elsewhere meanwhile finds them as they were. */
const stores = new Map<string, Store<Editing>>();
/** So many stations are remembered; those that nobody has touched for longest go. */
const most = 50;

function storeOf(stationId: string): Store<Editing> {
  const known = stores.get(stationId);
  // The map keeps the order in which they were last looked at.
  stores.delete(stationId);
  if (known !== undefined) {
    stores.set(stationId, known);
    return known;
  }
  const made = createStore(untouched);
  stores.set(stationId, made);
  const [oldest] = stores.keys();
  if (stores.size > most && oldest !== undefined) stores.delete(oldest);
  return made;
}

/** The drafts of a station's settings, and what can be done with them. */
export function useEditing(stationId: string) {
  const store = storeOf(stationId);
  const editing = useStore(store);
  const edit = (change: Edit) => store.set(change(store.get()));
  return {
    editing,
    edit,
    drop: () => store.set(untouched),
    settle: (change: Difference, sent: Sent) => edit(settled(change, sent)),
    send: (changes: readonly Difference[], isConnected: boolean) => {
      edit((now) => ({ ...now, isSending: true }));
      const sending = sendInTurn(changes, {
        edit,
        ask: (change) => askFor(stationId, change, isConnected),
        refresh: () =>
          answers.invalidateQueries({
            queryKey: ["getChargingStationsByStationIdConfiguration"],
          }),
      });
      void sending
        .then(({ taken, reboots }) => {
          const t = textNow();
          const text =
            reboots === 0
              ? t("configuration.taken", { count: taken })
              : t("configuration.takenReboot", { count: taken, reboots });
          if (taken > 0) showToast({ kind: "done", text });
        })
        .finally(() => edit((now) => ({ ...now, isSending: false })));
    },
  };
}

/** Of a station that is away nobody waits for an answer: it is asked when it comes. */
async function askFor(
  stationId: string,
  { key, after }: Difference,
  isConnected: boolean,
): Promise<Sent> {
  const body = { type: "RequestChangeConfigurationItem", key, value: after } as const;
  const asked = { params: { stationId }, body };
  const wait = isConnected ? answerSeconds : undefined;
  return call("postChargingStationsByStationIdRequests", asked, { wait });
}
