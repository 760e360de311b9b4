import { present, toChargingStation } from "#core";
import { endOf } from "../../outcomes.ts";
import { toStation } from "../../row.ts";
import {
  connectorOf,
  evseIdOf,
  readableInstant,
  tokenOf,
  tokensOf,
  wireToken,
} from "../../translate.ts";

/** Keep an EVSE, or any, for a token. */
export const reserveNow = toStation({
  action: "ReserveNow",
  spec: "OCPP 1.6 edition 2, §5.13",
  on: "ReserveNowRequested",
  priority: 2,
  tokenRefs: ({ tokenRef, groupTokenRef }) =>
    groupTokenRef === undefined ? [tokenRef] : [tokenRef, groupTokenRef],
  request: ({ evseId, expiresAt, tokenRef, groupTokenRef, reservationNumber }, context) =>
    present({
      connectorId: connectorOf(context.state, evseId),
      expiryDate: expiresAt,
      idTag: context.tokenValue(tokenRef),
      parentIdTag: wireToken(groupTokenRef, context),
      reservationId: reservationNumber,
    }),
  tokens: ({ idTag }) => tokensOf(idTag),
  outcome: (response, request, context) => {
    const { state, key, asked } = context;
    const end = endOf("ReserveNow", response);
    const expiresAt = readableInstant(request.expiryDate);
    if (end.outcome !== "accepted" || expiresAt === undefined) return end;
    const token = tokenOf(request.idTag);
    const made = present({
      reservationId: asked?.reservationId ?? context.newId(),
      reservationNumber: request.reservationId,
      evseId: evseIdOf(state, request.connectorId),
      tokenRef: token === undefined ? undefined : context.tokenRef(token),
      expiresAt,
    });
    return { ...end, commands: [toChargingStation(key, "RecordReservationMade", made)] };
  },
});
