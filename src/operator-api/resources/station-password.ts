import { Type } from "@sinclair/typebox";
import { type Credential, stationCredential, stationSecret } from "#bus";
import { closed, type StationKey, toChargingStation } from "#core";
import { randomPassword } from "../access/passwords.ts";
import { type Api, shownInViews, stationOf } from "../api.ts";
import { places } from "../commands/allowed.ts";
import { type Resource, route } from "../http/route.ts";
import { Nothing, stationParams } from "../http/schemas.ts";
import { executeOnce } from "../once.ts";

/** Bounds of OCPP's `AuthorizationKey`: 40 characters at most. */
const Password = Type.String({ minLength: 16, maxLength: 40 });

/** The row of a station's password; the gateway checks against it. */
export function passwordCredential(
  { cipher }: Pick<Api, "cipher">,
  station: { readonly key: StationKey; readonly password: string },
): Credential {
  return { owner: stationCredential(station.key), secret: stationSecret(cipher, station) };
}

/** The password with which a station connects (HTTP Basic). */
export function stationPasswordResource(api: Api): Resource {
  const put = route({
    ...places.password,
    summary: "Sets a station's password, or makes one",
    description: "Without a password one is made and shown this once (200).",
    params: stationParams,
    body: closed({ password: Type.Optional(Password) }),
    answers: { 200: closed({ password: Password }), 204: Nothing },
    handle: async (call) => {
      const { key } = await stationOf(api, call.params.stationId);
      const password = call.body.password ?? randomPassword(24);
      const done = await executeOnce(api, {
        call,
        execution: {
          station: key,
          commands: [toChargingStation(key, "SetStationPassword", {})],
          credentials: [passwordCredential(api, { key, password })],
        },
        remember: () => password,
      });
      await shownInViews(api, done.cursor);
      const given = call.body.password !== undefined;
      return given ? { status: 204, body: null } : { body: { password: done.remembered } };
    },
  });
  return { tag: "charging stations", description: "", routes: [put] };
}
