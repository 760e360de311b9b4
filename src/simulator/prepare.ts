import { type Api, eachOf, expectDone } from "./api.ts";
import type { StationModel } from "./station/model.ts";

/** What is made known to the CSMS before a fleet connects. */
export interface Preparation {
  readonly stationIds: readonly string[];
  readonly tags: readonly string[];
  readonly model: StationModel;
}

/** Does by the public API what an operator would do by hand: accepts, adds the type, the tokens. */
export async function prepare(
  api: Api,
  { stationIds, tags, model }: Preparation,
  say: (line: string) => void,
): Promise<void> {
  const { vendor, model: name } = model;
  const typeName = [vendor, name].map(encodeURIComponent).join("/");
  const type = await api.call("PUT", `/api/v1/station-types/${typeName}`, {
    evses: evsesOf(model),
  });
  expectDone(`Adding the station type ${vendor} ${name}`, type);
  say(`station type ${vendor} ${name}: ${model.evses} EVSEs`);
  await eachOf(tags, async (tag) => {
    const path = `/api/v1/tokens/${encodeURIComponent(tag)}`;
    const token = await api.call("PUT", path, { status: "accepted" });
    expectDone(`Adding the token ${tag}`, token);
  });
  say(`tokens: ${shortList(tags)}`);
  const known = await acceptStations(api, stationIds);
  const already = known > 0 ? `, ${known} of them known before` : "";
  say(`stations accepted: ${shortList(stationIds)}${already}`);
}

const evsesOf = (model: StationModel) =>
  Array.from({ length: model.evses }, (_none, at) => ({
    evseId: at + 1,
    connectors: [
      {
        connectorId: 1,
        type: model.connectorType,
        phases: model.phases,
        maxPowerW: model.powerWMax,
      },
    ],
  }));

/** How many of them were known already. */
async function acceptStations(api: Api, stationIds: readonly string[]): Promise<number> {
  let known = 0;
  await eachOf(stationIds, async (stationId) => {
    const body = { stationId, accepted: true };
    const created = await api.call("POST", "/api/v1/charging-stations", body);
    if (created.status !== 409) {
      expectDone(`Registering ${stationId}`, created);
      return;
    }
    known += 1;
    const path = `/api/v1/charging-stations/${encodeURIComponent(stationId)}/commands`;
    const accepted = await api.call("POST", path, { type: "AcceptChargingStation" });
    // 409: it is accepted already, which is what we want.
    if (accepted.status !== 409) expectDone(`Accepting ${stationId}`, accepted);
  });
  return known;
}

function shortList(items: readonly string[]): string {
  return items.length > 3 ? `${items[0]} … ${items.at(-1)} (${items.length})` : items.join(", ");
}
