// Messages between nodes over NATS core: one subject for each node and one for all. Nothing in it
// is durable, and nothing waits here for a NATS that is away.
import type { Msg, NatsConnection } from "@nats-io/transport-node";
import type { Carrier, CarrierParts, Outgoing } from "../carrier.ts";
import { Link } from "./link.ts";
import type { NatsOptions } from "./options.ts";
import { whyAway } from "./problems.ts";
import { subjectsOf } from "./subjects.ts";
import { Underway } from "./underway.ts";

/** Status of a message that says: nobody listens to the subject of what was sent. */
const nobodyListens = 503;

/** Begins to connect; a NATS that is away at the moment is waited for beside. */
export async function openNatsCarrier(nats: NatsOptions, parts: CarrierParts): Promise<Carrier> {
  const { node, cell, limits, condition } = parts;
  const subjects = subjectsOf(cell);
  const replies = subjects.unheard(node);
  let underway = new Underway(parts);
  const link = new Link({
    ...parts,
    nats,
    connected: (connection) => {
      underway = new Underway(parts);
      condition.well("sending");
      hear(connection, [subjects.all, subjects.of(node)], (message) => {
        parts.heard(message.string());
      });
      hear(connection, [`${replies}.*`], (message) => {
        if (message.headers?.code !== nobodyListens) return;
        const question = Number(message.subject.slice(replies.length + 1));
        parts.unheard(question, "nobody listens under its name");
      });
    },
  });
  await link.start();

  function refuse(why: string, question: number | undefined): void {
    condition.lost(1);
    if (question !== undefined) parts.unheard(question, why);
  }

  return {
    send: ({ to, text, question }: Outgoing) => {
      const { connection } = link;
      if (connection === undefined) return refuse("NATS cannot be reached", question);
      const bytes = Buffer.byteLength(text);
      const most = Math.min(
        limits.nodeMessageBytesMax,
        connection.info?.max_payload ?? Number.POSITIVE_INFINITY,
      );
      if (bytes > most) {
        parts.log.error("A message for other nodes is too large", { bytes, most, to });
        return refuse(`${bytes} bytes are too large a message`, question);
      }
      if (!underway.hasRoom(bytes)) return refuse("NATS takes no more at the moment", question);
      const subject = to === undefined ? subjects.all : subjects.of(to);
      const options = question === undefined ? {} : { reply: `${replies}.${question}` };
      try {
        connection.publish(subject, text, options);
      } catch (error) {
        return refuse(whyAway(error), question);
      }
      condition.sent(1);
      underway.sent(connection, bytes);
    },
    close: () => link.close(),
  };
}

function hear(
  connection: NatsConnection,
  subjects: readonly string[],
  heard: (message: Msg) => void,
): void {
  for (const subject of subjects) {
    connection.subscribe(subject, {
      // An error ends the subscription; the connection's state says it, too.
      callback: (error, message) => {
        if (error === null) heard(message);
      },
    });
  }
}
