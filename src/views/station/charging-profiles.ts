import { ChargingProfile, type EventDataOf, type ProfileFilter } from "#core";
import { instant, integer, json, optional, type RowOf, stationColumn, text } from "../columns.ts";
import { type Changed, defineTable, defineView, type ViewEvent } from "../view.ts";

const columns = {
  station: stationColumn(),
  chargingProfileId: integer(),
  evseId: optional(integer()),
  chargingProfilePurpose: text(),
  stackLevel: integer(),
  transactionId: optional(text()),
  chargingProfile: json(ChargingProfile, {}),
  setAt: instant(),
};
type Row = RowOf<typeof columns>;

const table = defineTable({
  name: "chargingProfiles",
  columns,
  key: ["station", "chargingProfileId"],
  indexes: [["transactionId"]],
});

/** The charging profiles that stations hold, as far as they told us. */
export const chargingProfiles = defineView({
  name: "chargingProfiles",
  version: 1,
  table,
  list: {
    filters: [
      "chargingProfileId",
      "evseId",
      "chargingProfilePurpose",
      "stackLevel",
      "transactionId",
    ],
    orders: ["chargingProfileId", "-chargingProfileId", "setAt", "-setAt"],
    ownIndexes: true,
  },
  on: {
    ChargingProfileSet: { where: ({ key }) => ({ station: key }), change: profileSet },
    ChargingProfilesCleared: {
      where: ({ key }) => ({ station: key }),
      change: (rows, { data }) => ({ remove: rows.filter((row) => matches(row, data.filter)) }),
    },
    /** A profile for one transaction ends with it. */
    TransactionClosed: {
      where: ({ data }) => ({ transactionId: data.transactionId }),
      change: (rows) => ({ remove: rows }),
    },
  },
});

/** A profile replaces the one with its id, or with its purpose and level on that target. */
function profileSet(
  rows: readonly Row[],
  { key, data }: ViewEvent<"ChargingProfileSet">,
): Changed<Row> {
  const row = profileRow(key, data);
  const replaced = rows.filter(
    (before) =>
      before.chargingProfileId !== row.chargingProfileId &&
      before.chargingProfilePurpose === row.chargingProfilePurpose &&
      before.stackLevel === row.stackLevel &&
      before.evseId === row.evseId,
  );
  return { put: [row], remove: replaced };
}

function profileRow(station: string, data: EventDataOf<"ChargingProfileSet">): Row {
  const { target, chargingProfile, at } = data;
  return {
    station,
    chargingProfileId: chargingProfile.chargingProfileId,
    evseId: target.of === "evse" ? target.evseId : null,
    chargingProfilePurpose: chargingProfile.chargingProfilePurpose,
    stackLevel: chargingProfile.stackLevel,
    transactionId: chargingProfile.transactionId ?? null,
    chargingProfile: JSON.stringify(chargingProfile),
    setAt: at,
  };
}

/** OCPP 1.6 §5.3: an id alone names the profile; otherwise all that is given must fit. */
function matches(row: Row, filter: ProfileFilter): boolean {
  const fits = (wanted: unknown, has: unknown) => wanted === undefined || wanted === has;
  return (
    fits(filter.chargingProfileId, row.chargingProfileId) &&
    fits(filter.evseId, row.evseId) &&
    fits(filter.chargingProfilePurpose, row.chargingProfilePurpose) &&
    fits(filter.stackLevel, row.stackLevel)
  );
}
