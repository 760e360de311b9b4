import { afterAll, beforeAll, expect, it } from "vitest";
import { openApi, type TestApi } from "#support/api";

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema: Shape }> };
  readonly responses: Record<string, unknown>;
  readonly security?: readonly unknown[];
}
interface Shape {
  readonly title?: string;
  readonly properties?: Record<string, unknown>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly Shape[];
}

let api: TestApi;
let paths: Record<string, Record<string, Operation>>;

beforeAll(async () => {
  api = await openApi();
  const { body } = await api.get("/openapi.json");
  expect(body.openapi).toBe("3.1.0");
  paths = body.paths;
});
afterAll(() => api.close());

/** Every operation with what it takes and answers: a change of the surface is a visible diff. */
it("has exactly the surface that was agreed on", async () => {
  const lines = Object.entries(paths)
    .sort(([one], [other]) => one.localeCompare(other))
    .flatMap(([path, methods]) =>
      Object.entries(methods)
        .sort(([one], [other]) => one.localeCompare(other))
        .flatMap(([method, operation]) => linesOf(`${method.toUpperCase()} ${path}`, operation)),
    );
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("./openapi-surface.txt");
});

it("names each operation once", () => {
  const names = Object.values(paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
  expect(new Set(names).size).toBe(names.length);
});

function linesOf(name: string, operation: Operation): readonly string[] {
  const { operationId, parameters = [], requestBody, responses, security = [] } = operation;
  const query = parameters.filter((one) => one.in === "query").map((one) => one.name);
  const body = requestBody?.content["application/json"]?.schema;
  // Every known-door operation may answer the same problems: they are not worth a column.
  const good = Object.keys(responses).filter((status) => Number(status) < 400);
  const statuses = good.sort().join(" ");
  return [
    `${name}   ${operationId}${security.length === 0 ? "   open" : ""}   ${statuses}`,
    ...(query.length > 0 ? [`    ? ${query.sort().join(" ")}`] : []),
    ...(body === undefined ? [] : (body.oneOf ?? [body]).map((shape) => `    ${shapeLine(shape)}`)),
  ];
}

function shapeLine({ title, properties = {}, required = [] }: Shape): string {
  const members = Object.keys(properties)
    .sort()
    .map((name) => (required.includes(name) ? name : `${name}?`));
  return `${title ?? "body"} { ${members.join(", ")} }`;
}
