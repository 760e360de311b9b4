// Which proxies in front may say who the client is. Nobody else is believed: whoever may choose the
// address under which his failures are counted guesses passwords without end.
import { BlockList, isIP } from "node:net";

/** Whether the proxy at an address is believed. */
export type IsTrustedProxy = (address: string) => boolean;

/** Networks that have a name of their own. */
const named: ReadonlyMap<string, readonly string[]> = new Map([
  ["loopback", ["127.0.0.0/8", "::1/128"]],
  ["private", ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"]],
]);

/** Reads `--trusted-proxies`: addresses, networks and names, with commas or blanks between them. */
export function trustedProxiesOf(
  setting: string | undefined,
): { readonly isTrusted: IsTrustedProxy } | { readonly wrong: string } {
  const list = new BlockList();
  const words = (setting ?? "").split(/[\s,]+/).filter((word) => word !== "");
  for (const network of words.flatMap((word) => named.get(word) ?? [word])) {
    if (!add(list, network)) return { wrong: network };
  }
  if (words.length === 0) return { isTrusted: () => false };
  return {
    isTrusted: (address) => {
      const family = familyOf(address);
      return family !== undefined && list.check(address, family);
    },
  };
}

function add(list: BlockList, network: string): boolean {
  const [address = "", bits, ...rest] = network.split("/");
  const family = familyOf(address);
  const bitsMax = family === "ipv4" ? 32 : 128;
  const prefix = bits === undefined ? bitsMax : Number(bits);
  const isPrefix = /^\d*$/.test(bits ?? "") && bits !== "" && prefix <= bitsMax;
  if (family === undefined || !isPrefix || rest.length > 0) return false;
  list.addSubnet(address, prefix, family);
  return true;
}

function familyOf(address: string): "ipv4" | "ipv6" | undefined {
  const version = isIP(address);
  return version === 0 ? undefined : version === 4 ? "ipv4" : "ipv6";
}
