// What goes from node to node, as text. A node of another release may send what this one does not
// know: that is no packet here, and nothing breaks.
import type { ClusterMessage } from "#bus";
import type { AskingMessage } from "./asking.ts";

/** Something told, or a question or answer. */
export type Packet = { readonly told: ClusterMessage } | { readonly asking: AskingMessage };

/** A packet as text. */
export const textOf = (packet: Packet): string => JSON.stringify(packet);

/** A text as a packet; undefined: it is none. */
export function packetOf(text: string): Packet | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isPacket(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null;

function isPacket(value: unknown): value is Packet {
  if (!isFields(value)) return false;
  const { told, asking } = value;
  if (isFields(told)) return typeof told.message === "string";
  return isFields(asking) && isAsking(asking);
}

function isAsking({ ask, id, from, answerTo }: Fields): boolean {
  if (typeof answerTo === "number") return true;
  return typeof ask === "string" && typeof id === "number" && typeof from === "string";
}
