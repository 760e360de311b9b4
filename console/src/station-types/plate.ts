import type { StationType } from "./drafts.ts";

type Connector = StationType["evses"][number]["connectors"][number];

/** `2 × IEC_62196_T2 22 kW, CHADEMO 50 kW`: the connectors of a type in few words. */
export function plateOf(evses: StationType["evses"]): string {
  const counts = new Map<string, number>();
  for (const { connectors } of evses) {
    for (const connector of connectors) {
      const words = outletOf(connector);
      counts.set(words, (counts.get(words) ?? 0) + 1);
    }
  }
  return [...counts]
    .map(([words, count]) => (count === 1 ? words : `${count} × ${words}`))
    .join(", ");
}

/** `IEC_62196_T2 22 kW` */
export function outletOf({ type, maxPowerW }: Connector): string {
  return maxPowerW === undefined ? type : `${type} ${maxPowerW / 1000} kW`;
}
