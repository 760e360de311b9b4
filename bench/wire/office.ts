// What a network has besides its stations: a type in the catalogue, and somebody who works there.
import { type ApiAccess, callApi } from "../fleet.ts";

/** What the lists would not show without it. */
export async function prepareOffice(access: ApiAccess): Promise<void> {
  const evses = [{ evseId: 1, connectors: [{ connectorId: 1, type: "type2" }] }];
  const type = { method: "PUT", path: "/api/v1/station-types/Acme/Model%201", body: { evses } };
  await callApi(access, type);
  const user = { method: "POST", path: "/api/v1/users", body: { user: "bench" } };
  await callApi(access, user).catch((error: unknown) => {
    // There since an earlier run: that is as good.
    if (!/: 409 /.test(String(error))) throw error;
  });
}
