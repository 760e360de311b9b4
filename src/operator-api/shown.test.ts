import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, expect, it } from "vitest";
import { stationActor, toTransaction } from "#core";
import { openApi, type TestApi } from "#support/api";

let api: TestApi;
let shapeOf: (path: string) => (answer: unknown) => string;
beforeAll(async () => {
  api = await openApi();
  const { body } = await api.get("/openapi.json");
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema(body, "openapi");
  shapeOf = (path) => {
    const at = path.replaceAll("/", "~1").replaceAll("{", "%7B").replaceAll("}", "%7D");
    const place = "get/responses/200/content/application~1json/schema";
    const validate = ajv.getSchema(`openapi#/paths/${at}/${place}`);
    return (answer) => {
      if (validate === undefined) throw new Error(`${path} is not described`);
      return validate(answer) === true ? "as described" : ajv.errorsText(validate.errors);
    };
  };
});
afterAll(() => api.close());

it("shows a token's value beside its reference at every depth, as the document says", async () => {
  const at = "2026-05-04T10:00:00.000Z";
  const { ref, entry } = await api.bus.tokens.resolve("Card-9");
  const group = await api.bus.tokens.resolve("Family-1");
  const answer = { status: "accepted", provider: "local", groupTokenRef: group.ref } as const;
  const started = { station: "cp1", evseId: 1, startedAt: at, reviews: [], at };
  await api.bus.commands.execute({
    actor: stationActor("CP1"),
    station: "cp1",
    vault: [entry, group.entry].filter((one) => one !== undefined),
    commands: [
      toTransaction("t1", "RecordTransactionStarted", {
        ...{ ...started, tokenRef: ref, groupTokenRef: group.ref, authorization: answer },
      }),
    ],
  });

  const one = await api.get("/api/v1/transactions/t1");
  expect(one.body).toMatchObject({
    ...{ identifyingToken: "Card-9", groupToken: "Family-1" },
    authorization: { ...answer, groupToken: "Family-1" },
  });
  expect(shapeOf("/api/v1/transactions/{transactionId}")(one.body)).toBe("as described");
  const list = await api.get("/api/v1/transactions?state=active");
  expect(list.body.items).toHaveLength(1);
  expect(shapeOf("/api/v1/transactions")(list.body)).toBe("as described");
});
