import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { callText, errorText, parseFrame, payloadText, resultText } from "./frame.ts";

const call = (text: string, ...repairs: NonNullable<Parameters<typeof parseFrame>[1]>) => {
  const frame = parseFrame(text, repairs);
  if (frame.kind !== "call") throw new Error(`${text} is read as ${JSON.stringify(frame)}`);
  return frame;
};

describe("reading frames", () => {
  it("never throws, whatever comes", () => {
    fc.assert(fc.property(fc.string(), (text) => typeof parseFrame(text).kind === "string"));
    fc.assert(fc.property(fc.json(), (text) => typeof parseFrame(text).kind === "string"));
    const shapes = fc.array(fc.anything({ withNullPrototype: false }), { maxLength: 6 });
    fc.assert(
      fc.property(fc.constantFrom(2, 3, 4, 5), shapes, (type, rest) => {
        const text = JSON.stringify([type, ...rest], (_key, value) =>
          typeof value === "bigint" ? String(value) : value,
        );
        return typeof parseFrame(text).kind === "string";
      }),
    );
  });

  it("reads back what it writes", () => {
    fc.assert(
      fc.property(fc.uuid(), fc.dictionary(fc.string(), fc.jsonValue()), (id, payload) => {
        const body = JSON.parse(JSON.stringify(payload));
        const read = call(callText(id, "DataTransfer", JSON.stringify(body)));
        expect(read).toEqual({
          ...{ kind: "call", id, action: "DataTransfer", deviations: [] },
          payload: body,
        });
        const result = parseFrame(resultText(id, JSON.stringify(body)));
        expect(result).toEqual({ kind: "result", id, payload: body });
      }),
    );
  });

  it("survives nesting without end and strings that look like keys without values", () => {
    expect(parseFrame("[".repeat(500_000)).kind).toBe("bad");
    expect(parseFrame(`[2,"1","A",${'{"a":'.repeat(100_000)}`)).toMatchObject({ id: "1" });
    expect(parseFrame(`"${'":,'.repeat(200_000)}`).kind).toBe("bad");
    expect(parseFrame(`[2,"1",${'"" '.repeat(200_000)}`).kind).toBe("bad");
    expect(parseFrame(`"${'\\"'.repeat(500_000)}`).kind).toBe("bad");
  });

  it("takes a number for a message id only if it can be written again", () => {
    expect(parseFrame('[2,1e999,"Heartbeat",{}]')).toMatchObject({ deviation: "messageIdMissing" });
    expect(parseFrame("[3,-1e999,{}]")).toMatchObject({ id: null });
  });

  it("refuses nesting that no message needs, whatever the texts inside hold", () => {
    const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
    const frame = (inside: string) => `[2,"1","DataTransfer",{"vendorId":"v","data":${inside}}]`;
    expect(call(frame(nested(98))).deviations).toEqual([]);
    expect(parseFrame(frame(nested(99)))).toMatchObject({ deviation: "frameTooDeep", id: "1" });
    expect(call(frame(`"${"[{".repeat(500)}\\""`)).deviations).toEqual([]);
    expect(call(frame(Array(500).fill("[{}]").join(",").replace(/.*/, "[$&]"))).id).toBe("1");
  });

  it("puts halves of characters right, in names, too: nothing could store them", () => {
    const half = call(
      '[2,"\\uD83D","DataTransfer",{"a":["\\ud83d!","\\uD83D\\uDCA5"],"\\udca5":1}]',
    );
    expect(half).toMatchObject({
      ...{ id: "\ufffd", payload: { a: ["\ufffd!", "💥"], "\ufffd": 1 } },
      deviations: ["textNotWellFormed"],
    });
    expect(
      call('[2,"1","DataTransfer",{"a":"\\uD83D\\uDCA5","b":"\\\\ud83d"}]').deviations,
    ).toEqual([]);
    expect(parseFrame('[3,"1",{"data":"\\ud83d"}]')).toMatchObject({ payload: { data: "\ufffd" } });
  });

  it("ignores empty frames", () => {
    for (const text of ["", " ", "\r\n"]) expect(parseFrame(text)).toEqual({ kind: "empty" });
  });

  it.each([
    ['{"a":1}', "frameNotArray"],
    ["7", "frameNotArray"],
    ["[]", "unknownMessageType"],
    ['[5,"1","Heartbeat",{}]', "unknownMessageType"],
    ['["2","1","Heartbeat",{}]', "unknownMessageType"],
    ["[2]", "messageIdMissing"],
    ['[2,{},"Heartbeat",{}]', "messageIdMissing"],
    [`[2,"${"x".repeat(256)}","Heartbeat",{}]`, "messageIdMissing"],
  ])("cannot answer %s", (text, deviation) => {
    const frame = parseFrame(text);
    expect(frame).toMatchObject({ kind: "bad", deviation });
    expect(frame).not.toHaveProperty("id");
  });

  it.each([
    ['[2,"1"]', "actionMissing", "1"],
    ['[2,"1",7,{}]', "actionMissing", "1"],
    ['[2,"1","",{}]', "actionMissing", "1"],
    ['[2,"17","Heartbeat",{', "invalidJson", "17"],
    ['[2, "17" ,"Heartbeat",{"a":tru}]', "invalidJson", "17"],
    [',[2,"17","Heartbeat",{}]', "invalidJson", "17"],
  ])("finds whom to tell what is wrong with %s", (text, deviation, id) => {
    expect(parseFrame(text)).toMatchObject({ kind: "bad", deviation, id });
  });

  it.each([
    ['[2,null,"Heartbeat",{}]', null, "messageIdNull"],
    ['[2,12,"Heartbeat",{}]', 12, "messageIdNumber"],
    ['[2,"","Heartbeat",{}]', "", "messageIdEmpty"],
    [`[2,"${"x".repeat(37)}","Heartbeat",{}]`, "x".repeat(37), "messageIdTooLong"],
    ['[2,"1","Heartbeat"]', "1", "payloadMissing"],
    ['[2,"1","Heartbeat",{},{}]', "1", "frameTooLong"],
  ])("serves %s and notes it", (text, id, deviation) => {
    expect(call(text)).toMatchObject({ id, action: "Heartbeat", deviations: [deviation] });
  });

  it.each([',[2,"1","Heartbeat",{}]', '[,2,"1","Heartbeat",{}]'])(
    "repairs %s only for a station that breaks it so",
    (text) => {
      expect(parseFrame(text)).toMatchObject({ kind: "bad", deviation: "invalidJson" });
      expect(parseFrame(text, ["missingValue"])).toMatchObject({ kind: "bad" });
      const repaired = { kind: "call", id: "1", deviations: ["jsonRepaired"] };
      expect(parseFrame(text, ["leadingComma"])).toMatchObject(repaired);
    },
  );

  it("takes a member without a value for none, and leaves texts alone", () => {
    const text = '[2,"1","StopTransaction",{"transactionId":,"idTag":"a\\":,b","x": }]';
    const frame = call(text, "missingValue");
    expect(frame.payload).toEqual({ idTag: 'a":,b' });
    expect(frame.deviations).toEqual(["jsonRepaired"]);
  });

  it("reads answers, whole or not", () => {
    expect(parseFrame('[4,"1","Error"]')).toEqual({
      ...{ kind: "error", id: "1", code: "Error", description: "", details: {} },
    });
    expect(parseFrame("[3]")).toEqual({ kind: "result", id: null, payload: undefined });
  });
});

describe("writing frames", () => {
  it("writes compact JSON and echoes the id as it came", () => {
    expect(resultText(12, '{"a":1}')).toBe('[3,12,{"a":1}]');
    expect(resultText('a"b', "{}")).toBe('[3,"a\\"b",{}]');
    expect(errorText(null, { code: "X", description: 'a "b"' })).toBe(
      '[4,null,"X","a \\"b\\"",{}]',
    );
  });

  it("keeps descriptions within 255 characters", () => {
    const text = errorText("1", { code: "X", description: "d".repeat(300) });
    expect(JSON.parse(text)[3]).toHaveLength(255);
  });
});

describe("a payload's text", () => {
  const textOf = (text: string) => payloadText(text, call(text));

  it("is the same under another message id and other blanks around it", () => {
    const one = textOf('[2,"1","MeterValues",{"connectorId": 1}]');
    expect(textOf('[2, "other" ,"MeterValues" , {"connectorId": 1} ]')).toBe(one);
    expect(one).toBe('{"connectorId": 1}');
  });

  it("is not fooled by an id that looks like a payload", () => {
    expect(textOf('[2,"{1","A",{"b":1}]')).toBe('{"b":1}');
    expect(textOf('[2,"1","A"]')).toBe("{}");
  });
});
