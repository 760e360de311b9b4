import { type Api, eachOf, expectDone } from "./api.ts";
import { limits } from "./limits.ts";
import type { Station } from "./station/station.ts";
import type { Time } from "./time.ts";

interface ApiTransaction {
  readonly transactionNumber?: number;
  readonly meterStartWh?: number;
  readonly meterStopWh?: number;
  readonly energyWh?: number;
  readonly state?: string;
}

/** One station's energy, as it sent it and as the API shows it. */
export interface StationEnergy {
  readonly stationId: string;
  readonly transactions: number;
  readonly sentWh: number;
  readonly shownWh: number;
  /** Each difference in words. */
  readonly differences: readonly string[];
}

/** Compares each station's Wh with the API's, which may lag a little behind. */
export async function compareEnergy(
  api: Api,
  stations: readonly Station[],
  { time, patienceMs = limits.compareMs }: { time: Time; patienceMs?: number },
): Promise<StationEnergy[]> {
  const compared: StationEnergy[] = [];
  const end = time.now() + patienceMs;
  await eachOf(
    stations.filter(({ transactions }) => transactions.length > 0),
    async (station) => {
      let energy = compareStation(station, await transactionsOf(api, station.id));
      while (energy.differences.length > 0 && time.now() < end) {
        await station.pause(250);
        energy = compareStation(station, await transactionsOf(api, station.id));
      }
      compared.push(energy);
    },
  );
  return compared.sort((one, other) => one.stationId.localeCompare(other.stationId));
}

/** All transactions that the API lists for a station, page by page. */
async function transactionsOf(api: Api, stationId: string): Promise<ApiTransaction[]> {
  const query = new URLSearchParams({ stationId });
  const items: ApiTransaction[] = [];
  for (let page = 0; page < limits.apiPagesMax; page += 1) {
    const answer = await api.call("GET", `/api/v1/transactions?${query}`);
    expectDone(`Listing the transactions of ${stationId}`, answer);
    const body = answer.body as { items: ApiTransaction[]; next?: string | null };
    items.push(...body.items);
    if (!body.next) return items;
    query.set("after", body.next);
  }
  throw new Error(`${stationId}: the API's pages of transactions do not end`);
}

function compareStation(station: Station, listed: readonly ApiTransaction[]): StationEnergy {
  const shown = new Map<number, ApiTransaction[]>();
  for (const one of listed) {
    const number = one.transactionNumber ?? -1;
    shown.set(number, [...(shown.get(number) ?? []), one]);
  }
  const differences: string[] = [];
  let [sentWh, shownWh] = [0, 0];
  for (const { id, meterStartWh, meterStopWh, stopDelivered } of station.transactions) {
    const sent = (meterStopWh ?? meterStartWh) - meterStartWh;
    sentWh += sent;
    const same = id === undefined ? [] : (shown.get(id) ?? []);
    const energy = same.reduce((sum, one) => sum + (one.energyWh ?? 0), 0);
    shownWh += energy;
    const name = `${station.id}: transaction ${id ?? "without a number"}`;
    if (!stopDelivered) differences.push(`${name}: its end was not delivered`);
    else if (same.length !== 1) differences.push(`${name}: listed ${same.length} times`);
    else if (energy !== sent) differences.push(`${name}: ${sent} Wh sent, ${energy} Wh shown`);
  }
  const transactions = station.transactions.length;
  return { stationId: station.id, transactions, sentWh, shownWh, differences };
}
