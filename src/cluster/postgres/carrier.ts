// Messages between nodes over LISTEN and NOTIFY: one connection listens, another one sends.
import type { ClusterMessage } from "#bus";
import { createConnections, type DatabaseOptions, schemaOf } from "#postgres";
import type { Carrier, CarrierParts, Outgoing } from "../carrier.ts";
import { textOf } from "../packets.ts";
import { channelsOf, shortNameOf } from "./channels.ts";
import { Listening } from "./listening.ts";
import { Assembly, piecesOf } from "./pieces.ts";
import { Sending } from "./sending.ts";

/** Begins to listen; a PostgreSQL that is away at the moment is waited for beside. */
export async function openPostgresCarrier(
  database: DatabaseOptions,
  parts: CarrierParts,
): Promise<Carrier> {
  const { node, cell, clock, limits, condition } = parts;
  const channels = channelsOf({ schema: schemaOf(database), cell });
  const own = shortNameOf(node);
  const incoming = createConnections(database, {
    purpose: "messages in",
    max: 1,
    statementMs: Math.min(limits.databaseStatementMs, limits.nodeLinkProbeMs),
    // The server lets go of a node that takes nothing more: it would have to keep all messages.
    session: { tcp_user_timeout: `${limits.nodeLinkStallMs}ms` },
  });
  const outgoing = createConnections(database, { purpose: "messages out", max: 1 });
  const listening = new Listening({
    ...{ connections: incoming, condition, clock, limits },
    channels: [channels.grown, channels.all, channels.of(node)],
    heard: hearing(parts, { own, grown: channels.grown }),
  });
  const sending = new Sending({ connections: outgoing, condition, limits });
  await listening.start();
  let last = 0;
  return {
    growthChannel: channels.grown,
    send: ({ to, text, question }: Outgoing) => {
      const failed = (why: string) => {
        if (question !== undefined) parts.unheard(question, why);
      };
      const bytes = Buffer.byteLength(text);
      if (bytes > limits.nodeMessageBytesMax) {
        parts.log.error("A message for other nodes is too large", { bytes, to });
        condition.lost(1);
        failed(`${bytes} bytes are too large a message`);
        return;
      }
      last += 1;
      const channel = to === undefined ? channels.all : channels.of(to);
      sending.send(channel, piecesOf(text, { from: own, id: last }), failed);
    },
    close: async () => {
      await Promise.all([sending.close(), listening.close()]);
      await Promise.all([incoming.close(), outgoing.close()]);
    },
  };
}

/** What becomes of notifications: what this node has said itself is nothing to it. */
function hearing(
  { node, limits, condition, heard }: CarrierParts,
  { own, grown }: { readonly own: string; readonly grown: string },
) {
  const assembly = new Assembly(limits.nodeMessageBytesMax);
  return (channel: string, payload: string) => {
    if (channel === grown) {
      const told = growthOf(payload, node);
      if (told !== undefined) heard(textOf({ told }));
      return;
    }
    const whole = assembly.add(payload);
    if (whole === "broken") condition.lost(1);
    else if (whole !== "incomplete" && whole.from !== own) heard(whole.text);
  };
}

/** What the log tells of its growth: its head, and the node that wrote. */
function growthOf(payload: string, node: string): ClusterMessage | undefined {
  const [, head = "", by = ""] = /^(\d+) (.*)$/s.exec(payload) ?? [];
  if (head === "" || by === node.slice(0, nodeCharactersTold)) return undefined;
  return { message: "grown", position: Number(head) };
}

/** Of a node's name; see the log's `channel`. */
const nodeCharactersTold = 200;
