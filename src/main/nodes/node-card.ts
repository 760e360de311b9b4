import { hostname } from "node:os";
import type { Clock, NodeCard } from "#bus";
import packageJson from "../../../package.json" with { type: "json" };
import type { Settings } from "../settings.ts";

/** What this node tells the others of itself; its port is known for sure once it listens. */
export function nodeCardOf(
  { nodeUrl, roles }: Pick<Settings, "nodeUrl" | "roles">,
  { clock, portOf }: { readonly clock: Clock; readonly portOf: () => number },
): NodeCard {
  const startedAt = clock.now();
  return {
    get url() {
      return nodeUrl ?? `http://${hostname()}:${portOf()}`;
    },
    ...{ roles, startedAt, release: packageJson.version },
  };
}
