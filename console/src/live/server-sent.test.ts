import { expect, it } from "vitest";
import { createReader, type Message } from "./server-sent.ts";

function read(...pieces: readonly string[]): readonly Message[] {
  const messages: Message[] = [];
  const take = createReader((message) => messages.push(message));
  for (const piece of pieces) take(piece);
  return messages;
}

it("finds messages wherever the pieces of a stream end", () => {
  const text = 'retry: 2000\n\nid: 7\ndata: {"a":1}\n\n: still here\n\nid: 8\ndata: x\ndata: y\n\n';
  const whole = [
    { id: "7", data: '{"a":1}' },
    { id: "8", data: "x\ny" },
  ];
  expect(read(text)).toEqual(whole);
  expect(read(...text)).toEqual(whole);
  for (let at = 0; at < text.length; at += 1) {
    expect(read(text.slice(0, at), text.slice(at)), `broken at ${at}`).toEqual(whole);
  }
});

it("hands out nothing that has not come to its end", () => {
  expect(read("id: 1\ndata: half")).toEqual([]);
});
