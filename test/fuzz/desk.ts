// A house with its API, and the operations that the API's own document describes.
import type { FastifyInstance } from "fastify";
import { createAlone } from "#cluster";
import { createAccess, createOperatorApi, ensureFirstAccess } from "#operator-api";
import { views } from "#views";
import { apiPortsOf } from "../../src/main/api-ports.ts";
import { operationOf } from "../../src/main/nodes/operation.ts";
import type { Operation } from "./generate/requests.ts";
import type { House } from "./house.ts";

/** The API of a house, to be spoken to without a socket. */
export interface Desk {
  readonly app: FastifyInstance;
  readonly apiKey: string;
  readonly operations: readonly Operation[];
  readonly document: object;
}

const card = {
  roles: ["gateway", "api", "background"],
  startedAt: "2026-05-04T10:00:00.000Z",
  release: "0.0.0",
} as const;
const apiKey = "fuzz-key-0123456789abcdef";

/** Opens the API of a house. */
export async function openDesk(house: House): Promise<Desk> {
  const { environment, bus, store, stores, rpc } = house;
  const access = createAccess({ ...environment, store, events: bus.events });
  const life = { isDraining: false, held: () => [] };
  const app = await createOperatorApi({
    ...environment,
    ...{ bus, store, frames: stores.frames, access, queries: house.views, views },
    ...apiPortsOf({ stores, views: house.views, rpc, life, gatewayOf: () => undefined }),
    operation: operationOf({
      ...{ cluster: createAlone("fuzz"), card, stores, views: house.views, life },
    }),
  });
  await house.during(ensureFirstAccess({ ...environment, bus, store, presetKey: apiKey }));
  await app.ready();
  const answer = await app.inject("/openapi.json");
  const document = answer.json<Document>();
  return { app, apiKey, document, operations: operationsOf(document) };
}

interface Described {
  readonly security?: readonly unknown[];
  readonly parameters?: Operation["parameters"];
  readonly requestBody?: {
    readonly content?: Readonly<Record<string, { readonly schema?: Operation["body"] }>>;
  };
  readonly responses?: Operation["answers"];
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
}

function operationsOf({ paths }: Document): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, given]) => ({
      ...{ path, method: method.toUpperCase() },
      security: given.security ?? [],
      parameters: given.parameters ?? [],
      body: given.requestBody?.content?.["application/json"]?.schema,
      answers: given.responses ?? {},
    })),
  );
}
