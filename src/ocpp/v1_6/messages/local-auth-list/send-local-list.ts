import { type AuthorizationStatus, type EventDataOf, present, toChargingStation } from "#core";
import type { RowContext } from "../../../message.ts";
import { inChunks } from "../../chunks.ts";
import { endOf } from "../../outcomes.ts";
import { type Request, toStation } from "../../row.ts";
import { readableInstant, tokenOf, tokenStatuses, tokensOf, wireToken } from "../../translate.ts";

type Entry = EventDataOf<"SendAuthorizationListRequested">["entries"][number];
type WireList = NonNullable<Request<"SendLocalList">["localAuthorizationList"]>;
type WireEntry = WireList[number];

/** Bytes of a frame around its entries: id, action, the members' names, version and type. */
const bytesAround = 160;

/** Tokens that the station may authorize by itself: all of them, or what has changed. */
export const sendLocalList = toStation({
  action: "SendLocalList",
  spec: "OCPP 1.6 edition 2, §5.15",
  on: "SendAuthorizationListRequested",
  priority: 2,
  tokenRefs: ({ entries }) =>
    entries.flatMap(({ tokenRef, groupTokenRef }) =>
      groupTokenRef === undefined ? [tokenRef] : [tokenRef, groupTokenRef],
    ),
  request: ({ listVersion, entries, updateType }, context) => ({
    listVersion,
    // A token that was erased since cannot be named.
    localAuthorizationList: entries
      .map((entry) => wireEntry(entry, context))
      .filter(({ idTag }) => idTag !== ""),
    updateType: updateType === "full" ? "Full" : "Differential",
  }),
  // SendLocalListMaxLength (§9.2): the rest follows as differential lists of later versions.
  chunks: (request, { state, quirks }) => {
    const { localAuthorizationList: list = [], listVersion, updateType } = request;
    const { sentFrameBytesMax: most } = quirks;
    const bytes = most === undefined ? undefined : Math.max(1, most - bytesAround);
    const entries = state.callLimits.authorizationListEntries;
    return inChunks(list, { entries, bytes }).map((some, part) => ({
      listVersion: listVersion + part,
      localAuthorizationList: some,
      updateType: part === 0 ? updateType : "Differential",
    }));
  },
  tokens: ({ localAuthorizationList = [] }) =>
    localAuthorizationList.flatMap(({ idTag, idTagInfo }) => [
      ...tokensOf(idTag),
      ...tokensOf(idTagInfo?.parentIdTag),
    ]),
  outcome: (response, request, context) => {
    const { listVersion, updateType, localAuthorizationList = [] } = request;
    const end = endOf("SendLocalList", response);
    if (end.outcome !== "accepted" || listVersion < 1) return end;
    const changed = {
      updateType: updateType === "Full" ? ("full" as const) : ("differential" as const),
      entries: localAuthorizationList.flatMap((entry) => entriesOf(entry, context)),
      listVersion,
      at: context.at,
    };
    const command = toChargingStation(context.key, "RecordAuthorizationListChanged", changed);
    return { ...end, commands: [command] };
  },
});

/** An entry without a status is removed from the station's list. */
function wireEntry(entry: Entry, context: RowContext): WireEntry {
  const { tokenRef, status, expiresAt, groupTokenRef } = entry;
  const idTag = context.tokenValue(tokenRef);
  if (status === undefined) return { idTag };
  const parentIdTag = wireToken(groupTokenRef, context);
  const expiryDate = expiresAt;
  return { idTag, idTagInfo: present({ expiryDate, parentIdTag, status: tokenStatuses[status] }) };
}

const statuses = Object.fromEntries(
  Object.entries(tokenStatuses).map(([ours, wire]) => [wire, ours]),
) as Readonly<Record<NonNullable<WireEntry["idTagInfo"]>["status"], AuthorizationStatus>>;

function entriesOf({ idTag, idTagInfo }: WireEntry, context: RowContext): readonly Entry[] {
  const token = tokenOf(idTag);
  if (token === undefined) return [];
  const tokenRef = context.tokenRef(token);
  if (idTagInfo === undefined) return [{ tokenRef }];
  const group = tokenOf(idTagInfo.parentIdTag);
  return [
    present({
      tokenRef,
      status: statuses[idTagInfo.status],
      expiresAt: readableInstant(idTagInfo.expiryDate),
      groupTokenRef: group === undefined ? undefined : context.tokenRef(group),
    }),
  ];
}
