import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";

/** Who is at the other end of a request, seen through the proxies that may say so. */
export interface Client {
  readonly address: string;
  /** It speaks TLS, with us or with a proxy. */
  readonly encrypted: boolean;
}

/**
 * The headers of a proxy count only if the address that the request comes from is a trusted one,
 * and each entry of `X-Forwarded-For` only if the proxy that wrote it is: whatever stands farther
 * left may have been sent by the client itself.
 */
export function clientOf(
  { socket, headers }: Pick<IncomingMessage, "socket" | "headers">,
  isTrustedProxy: (address: string) => boolean = () => false,
): Client {
  const peer = socket.remoteAddress ?? "unknown";
  const ownTls = (socket as { readonly encrypted?: boolean }).encrypted === true;
  if (!isTrustedProxy(peer)) return { address: peer, encrypted: ownTls };
  const entries = listOf(headers["x-forwarded-for"]);
  let address = peer;
  while (isTrustedProxy(address)) {
    const before = addressIn(entries.pop());
    if (before === undefined) break;
    address = before;
  }
  return { address, encrypted: ownTls || listOf(headers["x-forwarded-proto"]).at(-1) === "https" };
}

function listOf(header: string | string[] | undefined): string[] {
  return String(header ?? "")
    .split(",")
    .map((entry) => entry.trim());
}

/** Some proxies write the port, too: `203.0.113.7:49152`, `[2001:db8::7]:49152`. */
function addressIn(entry: string | undefined): string | undefined {
  if (entry === undefined) return undefined;
  const bare = /^\[(.*)\](?::\d+)?$/.exec(entry)?.[1] ?? /^([\d.]+):\d+$/.exec(entry)?.[1] ?? entry;
  return isIP(bare) === 0 ? undefined : bare;
}
