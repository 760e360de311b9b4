import { toChargingStation } from "#core";
import { authorizationOf, fromStation } from "../../row.ts";
import { groupsOf, idTagInfoOf, tokenOddities, tokenOf, tokensOf } from "../../translate.ts";

/** A token was presented: may it charge? */
export const authorize = fromStation({
  action: "Authorize",
  spec: "OCPP 1.6 edition 2, §4.1",
  tokens: ({ idTag }) => tokensOf(idTag),
  ask: ({ idTag }, { key, at, tokenRef }) => {
    const token = tokenOf(idTag);
    if (token === undefined) return undefined;
    return {
      question: "AuthorizeToken",
      station: key,
      tokenRef: tokenRef(token),
      purpose: "authorize",
      at,
    };
  },
  tokenRefs: (asked) => groupsOf(authorizationOf(asked)),
  commands: ({ idTag }, { key, at, tokenRef }, asked) => {
    const token = tokenOf(idTag);
    const answer = authorizationOf(asked);
    if (token === undefined || answer === undefined) return [];
    return [
      toChargingStation(key, "RecordAuthorization", { tokenRef: tokenRef(token), at, answer }),
    ];
  },
  answer: (_request, context, asked) => ({
    idTagInfo: idTagInfoOf(authorizationOf(asked), "elsewhere", context),
  }),
  deviations: ({ idTag }) =>
    tokenOf(idTag) === undefined ? ["tokenMissing"] : tokenOddities(idTag),
});
