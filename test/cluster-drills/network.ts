// A network of its own for nodes: each in a namespace, all on one bridge of this machine, where the
// engines and the stations are. What one says to another can be lost, each way by itself.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { engineFolder, engines, howToInstall } from "../../tools/engines.ts";

/** Who is on the network beside the nodes, each under an address of its own. */
export type Party = "stations" | "postgres" | "nats";

/** Which way is cut: what the node says, what it is told, or both. */
export type Way = "from" | "to" | "both";

/** Where a node runs. */
export interface NetworkPlace {
  readonly address: string;
  /** Runs a program there. */
  readonly under: readonly string[];
}

/** A network in which packets can get lost, without a word to whoever sent them. */
export interface DrillNetwork {
  readonly addresses: Readonly<Record<Party, string>>;
  /** For `hba` of PostgreSQL. */
  readonly subnet: string;
  /** Makes a place for one more node. */
  addPlace(): NetworkPlace;
  /** Cuts a node from a party, or from another node. */
  cut(place: NetworkPlace, other: Party | NetworkPlace, way?: Way): void;
  /** Makes all ways whole again. */
  heal(): void;
  remove(): void;
}

/** Nobody has it: what is sent there arrives nowhere. */
const nobody = "02:00:00:00:00:01";
/** A bridge without one of its own takes the lowest of its links': a new node would change it. */
const bridgeAddress = "02:00:00:00:00:02";
const firstNode = 10;

/** Makes a network. Linux only, and only for root: elsewhere it says so, and fails. */
export function createNetwork(): DrillNetwork {
  // RFC 2544: for tests of networks, never routed.
  const subnet = `198.18.${process.pid % 256}`;
  const bridge = `mt${process.pid}`;
  const addresses = { stations: `${subnet}.1`, postgres: `${subnet}.2`, nats: `${subnet}.3` };
  const namespaces: string[] = [];
  const links: string[] = [];
  const undo: (readonly string[])[] = [];
  const heal = () => {
    for (const args of undo.splice(0).reverse()) ip(...args);
  };
  const remove = () => {
    process.off("exit", remove);
    // A namespace lives on with whoever is left in it: its link must not, for its name's sake.
    for (const link of [...links.splice(0), bridge]) tryIp("link", "del", link);
    for (const namespace of namespaces.splice(0)) tryIp("netns", "del", namespace);
    for (const [what, , ...rest] of undo.splice(0)) {
      if (what === "rule") tryIp("rule", "del", ...rest);
    }
  };
  process.once("exit", remove);
  try {
    makeBridge(bridge, Object.values(addresses));
  } catch (error) {
    remove();
    throw error;
  }

  const addPlace = (): NetworkPlace => {
    const number = namespaces.length + 1;
    const namespace = `${bridge}-${number}`;
    const outside = `${bridge}v${number}`;
    const address = `${subnet}.${firstNode + number}`;
    ip("netns", "add", namespace);
    namespaces.push(namespace);
    ip("link", "add", outside, "type", "veth", "peer", "name", "eth0", "netns", namespace);
    links.push(outside);
    ip("link", "set", outside, "master", bridge, "up");
    ip("-n", namespace, "addr", "add", `${address}/24`, "dev", "eth0");
    ip("-n", namespace, "link", "set", "eth0", "up");
    ip("-n", namespace, "link", "set", "lo", "up");
    return { address, under: [program(), "netns", "exec", namespace] };
  };

  const namespaceOf = ({ address }: NetworkPlace) =>
    `${bridge}-${Number(address.split(".").at(-1)) - firstNode}`;
  const lose = (place: NetworkPlace, address: string) => {
    const at = ["-n", namespaceOf(place), "neigh"];
    ip(...at, "replace", address, "lladdr", nobody, "dev", "eth0", "nud", "permanent");
    undo.push([...at, "del", address, "dev", "eth0"]);
  };
  const cut = (place: NetworkPlace, other: Party | NetworkPlace, way: Way = "both") => {
    if (typeof other !== "string") {
      if (way !== "to") lose(place, other.address);
      if (way !== "from") lose(other, place.address);
      return;
    }
    const address = addresses[other];
    if (way !== "to") lose(place, address);
    if (way === "from") return;
    const rule = ["from", address, "to", place.address, "blackhole"];
    ip("rule", "add", ...rule);
    undo.push(["rule", "del", ...rule]);
  };
  return { addresses, subnet: `${subnet}.0/24`, addPlace, cut, heal, remove };
}

function makeBridge(bridge: string, addresses: readonly string[]): void {
  ip("link", "add", bridge, "address", bridgeAddress, "type", "bridge");
  for (const address of addresses) ip("addr", "add", `${address}/24`, "dev", bridge);
  ip("link", "set", bridge, "up");
}

function program(): string {
  const folder = engineFolder(engines.network);
  if (folder === undefined) throw new Error(howToInstall(engines.network));
  return join(folder, "ip");
}

function tryIp(...args: readonly string[]): string | undefined {
  const { status, stderr, error } = spawnSync(program(), args, { encoding: "utf8" });
  return status === 0 ? undefined : (error?.message ?? stderr.trim());
}

function ip(...args: readonly string[]): void {
  const why = tryIp(...args);
  if (why === undefined) return;
  throw new Error(
    `A network of its own cannot be made (ip ${args.join(" ")}: ${why}). ` +
      "This drill needs Linux, iproute2 and root (in a container: --privileged).",
  );
}
