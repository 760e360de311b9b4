import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import { Type } from "@sinclair/typebox";
import type { FastifyInstance } from "fastify";
import { rejections } from "#core";
import { apiProblems, problemJson } from "./problems.ts";
import type { Resource } from "./route.ts";

const codes = [...Object.keys(apiProblems), ...Object.keys(rejections)];

const Problem = Type.Object(
  {
    type: Type.String(),
    title: Type.String({ description: "a sentence for people" }),
    status: Type.Integer(),
    detail: Type.Optional(Type.String()),
    code: Type.Unsafe<string>({ type: "string", enum: codes }),
    issues: Type.Optional(
      Type.Array(Type.Object({ path: Type.String(), message: Type.String() }), {
        description: "each field that is wrong, as a JSON pointer",
      }),
    ),
  },
  { $id: "Problem", description: "RFC 9457; programs compare `code`" },
);

/** Collects OpenAPI 3.1, and pages to browse it at `/docs`. Must come before the routes. */
export async function describe(
  app: FastifyInstance,
  given: { readonly resources: readonly Resource[]; readonly version: string },
): Promise<void> {
  app.addSchema(Problem);
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Motown operator API", version: given.version, description: about },
      tags: given.resources.map(({ tag, description }) => ({ name: tag, description })),
      components: {
        securitySchemes: {
          apiKey: { type: "http", scheme: "bearer", description: "an API key: mtn_…" },
          password: { type: "http", scheme: "basic", description: "a user's name and password" },
          session: {
            type: "apiKey",
            in: "header",
            name: "X-CSRF-Token",
            description: "a session of a browser: its cookie, and for changes this header",
          },
        },
      },
    },
    refResolver: { buildLocalReference: (json, _base, _fragment, at) => nameOf(json, at) },
  });
  await app.register(swaggerUi, {
    routePrefix: "/docs",
    theme: {
      title: "Motown operator API",
      // The bar asks for the address of another document: there is one here.
      css: [{ filename: "motown.css", content: ".swagger-ui .topbar { display: none }" }],
    },
    uiConfig: { validatorUrl: "", docExpansion: "none", deepLinking: true },
  });
}

/** The document, with the media type that problems really have. */
export function openApiDocument(app: FastifyInstance): Record<string, unknown> {
  const document = structuredClone(app.swagger()) as unknown as Document;
  for (const operations of Object.values(document.paths)) {
    for (const operation of Object.values(operations)) {
      for (const [status, response] of Object.entries(operation.responses)) {
        const content = response.content?.["application/json"];
        if (Number(status) < 400 || content === undefined) continue;
        response.description = "Refused: see `code`.";
        response.content = { [problemJson]: content };
      }
    }
  }
  return document as unknown as Record<string, unknown>;
}

interface Document {
  readonly paths: Record<
    string,
    Record<
      string,
      { readonly responses: Record<string, { description?: string; content?: Contents }> }
    >
  >;
}
type Contents = Record<string, unknown>;

const about = [
  "All that can be seen and asked of a network of charging stations.",
  "Lists answer `{items, next}`; hand `next` back as `after`.",
  "Refusals are problem documents (RFC 9457) with a stable `code`.",
  "A POST with an `Idempotency-Key` can be repeated for 24 hours and has one effect.",
  "Documents carry an ETag. Quantities are in Wh, W, A; instants in ISO 8601, UTC.",
].join(" ");

function nameOf(json: { readonly $id?: unknown }, at: number): string {
  return typeof json.$id === "string" ? json.$id : `shape-${at}`;
}
