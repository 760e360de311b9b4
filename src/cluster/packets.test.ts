import { expect, it } from "vitest";
import { type Packet, packetOf, textOf } from "./packets.ts";

const packets: Packet[] = [
  { told: { message: "replaced", station: "cp-1 é", epoch: 3 } },
  { asking: { ask: "disconnect", id: 7, from: "one", question: { station: "a", reason: "" } } },
  { asking: { answerTo: 7, answer: [1] } },
  { asking: { answerTo: 7, failure: "no" } },
];

it.each(packets)("reads what it has written: %j", (packet) => {
  expect(packetOf(textOf(packet))).toEqual(packet);
});

it.each([
  ...["", "{", "null", "7", "[]", "{}", '{"told":null}', '{"told":{}}', '{"told":{"message":1}}'],
  ...['{"asking":{}}', '{"asking":{"ask":"connections","id":"7","from":"a"}}'],
  ...['{"asking":{"ask":"connections","id":7}}', '{"asking":{"answerTo":"7"}}', '{"later":{}}'],
])("takes nothing else for a packet: %s", (text) => {
  expect(packetOf(text)).toBeUndefined();
});

it("lets through what a later release tells: listeners know what they know", () => {
  const text = '{"told":{"message":"moved","more":{}},"version":2}';
  expect(packetOf(text)).toMatchObject({ told: { message: "moved" } });
});
