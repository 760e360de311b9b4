import { limits } from "../limits.ts";
import type { IdTagInfo } from "../station/authorization.ts";
import type { Station } from "../station/station.ts";
import { type Handlers, obey, say } from "./handler.ts";

type Update = {
  readonly listVersion: number;
  readonly localAuthorizationList?: readonly { idTag: string; idTagInfo?: IdTagInfo }[];
  readonly updateType: "Differential" | "Full";
};

const isEnabled = ({ configuration }: Station) => configuration.bool("LocalAuthListEnabled");

/** OCPP 1.6 LocalAuthListManagement. */
export const localListHandlers: Handlers = {
  GetLocalListVersion: obey((station) => ({
    // −1 says that there is no list here (§5.10).
    response: { listVersion: isEnabled(station) ? station.localList.version : -1 },
  })),

  SendLocalList: obey<Update>((station, update) => {
    if (!isEnabled(station)) return say("NotSupported");
    return say(applied(station, update));
  }),
};

function applied({ localList }: Station, update: Update): string {
  const { listVersion, localAuthorizationList: entries = [], updateType } = update;
  const isFull = updateType === "Full";
  if (listVersion < 1 || entries.length > limits.localListPartMax) return "Failed";
  if (new Set(entries.map(({ idTag }) => idTag.toLowerCase())).size < entries.length) {
    return "Failed";
  }
  if (isFull && entries.some(({ idTagInfo }) => idTagInfo === undefined)) return "Failed";
  if (!isFull && listVersion <= localList.version) return "VersionMismatch";
  const added = entries.filter(({ idTag, idTagInfo }) => idTagInfo && !localList.get(idTag));
  const size = isFull ? entries.length : localList.size + added.length;
  if (size > limits.localListMax) return "Failed";
  if (isFull) localList.clear();
  for (const { idTag, idTagInfo } of entries) localList.put(idTag, idTagInfo);
  localList.version = listVersion;
  return "Accepted";
}
