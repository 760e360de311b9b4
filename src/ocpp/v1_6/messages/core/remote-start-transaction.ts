import { present } from "#core";
import { awaitFollowUp } from "../../follow-up.ts";
import { endOf } from "../../outcomes.ts";
import { wireProfile } from "../../profiles.ts";
import { toStation } from "../../row.ts";
import { evseIdOf, tokenOf, tokensOf, wantedConnector } from "../../translate.ts";

/** Start charging for a token; the transaction itself follows as the station's own word. */
export const remoteStartTransaction = toStation({
  action: "RemoteStartTransaction",
  spec: "OCPP 1.6 edition 2, §5.11",
  on: "StartTransactionRequested",
  priority: 1,
  tokenRefs: ({ tokenRef }) => [tokenRef],
  request: ({ tokenRef, evseId, chargingProfile }, context) =>
    present({
      connectorId: wantedConnector(context, "RemoteStartTransaction", evseId),
      idTag: context.tokenValue(tokenRef),
      // There is no transaction yet that the profile could name.
      chargingProfile: chargingProfile && wireProfile(chargingProfile, undefined),
    }),
  tokens: ({ idTag }) => tokensOf(idTag),
  outcome: (response, request, context) => {
    const token = tokenOf(request.idTag);
    const evseId = evseIdOf(context.state, request.connectorId);
    const tokenRef = token === undefined ? undefined : context.tokenRef(token);
    const end = endOf("RemoteStartTransaction", response);
    return awaitFollowUp(end, context, present({ kind: "start" as const, tokenRef, evseId }));
  },
});
