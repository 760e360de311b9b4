import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type ConsoleFile, type ConsoleFiles, type Encoding, encodings } from "./console-files.ts";

/**
 * What its pages may do: their own scripts and nothing else, no frame around them. Styles may be
 * inline, since the components' library writes its variables so. Images may come from an origin
 * that was set up for the map's tiles.
 */
function policyWith(images: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    ["img-src 'self' data:", ...images].join(" "),
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

const security = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
} as const;

/** Addresses below these are never the console's, whatever is there. */
const others = /^\/(api|ocpp|docs|metrics|livez|readyz|openapi\.json)(\/|$)/;

/** Who comes, as far as he is shown something else at first. */
export type Visitor = "inside" | "signIn" | "firstStart";

interface Served {
  /** Asked once, when somebody comes. */
  readonly read: () => Promise<ConsoleFiles | undefined>;
  /** Origins beside its own that its images may come from. */
  readonly images: readonly string[];
  /** Told by the request alone; what a page then asks decides. */
  readonly visitorOf: (cookies: string | undefined) => Promise<Visitor>;
}

/**
 * Serves the console at `/`: its files by name, and its first page for each address that may be one
 * of its own. Who is not signed in gets it with the form by which he comes in, in his language.
 */
export function serveConsole(app: FastifyInstance, served: Served): void {
  const { read, images } = served;
  const policy = policyWith(images);
  let files: Promise<ConsoleFiles | undefined> | undefined;
  app.get("/*", { schema: { hide: true } }, async (request, reply) => {
    files ??= read();
    const known = await files;
    const path = pathOf(request);
    const file =
      known?.get(path) ??
      (known && isPage(path, request) ? await pageFor(request, known, served) : undefined);
    if (file !== undefined) {
      return send(file, request, reply.header("content-security-policy", policy));
    }
    if (path === "/") return reply.redirect("/docs");
    return reply.callNotFound();
  });
}

const written = { signIn: "sign-in", firstStart: "first-start" } as const;

async function pageFor(
  { headers }: FastifyRequest,
  known: ConsoleFiles,
  { visitorOf }: Served,
): Promise<ConsoleFile | undefined> {
  const frame = known.get("/index.html");
  const visitor = await visitorOf(headers.cookie);
  if (visitor === "inside") return frame;
  const pages = languagesOf(headers["accept-language"]).map((language) =>
    known.get(`/${written[visitor]}.${language}.html`),
  );
  return pages.find((page) => page !== undefined) ?? frame;
}

/** What a browser wants, in its order, which is the console's own too; English goes with all. */
function languagesOf(accepted = ""): readonly string[] {
  const wanted = accepted.split(",").map((one) => one.trim().slice(0, 2).toLowerCase());
  return [...wanted, "en"];
}

function pathOf(request: FastifyRequest): string {
  return request.url.split("?", 1)[0] ?? "/";
}

/**
 * Who looks at a page says that HTML is what he wants; a script or style that is not there must not
 * become a page. The address does not tell them apart: a station's id may end in `.js`.
 */
function isPage(path: string, { headers }: FastifyRequest): boolean {
  const wantsPage = headers.accept?.includes("text/html") === true || !/\.\w+$/.test(path);
  return wantsPage && !others.test(path) && !path.startsWith("/assets/");
}

function send(file: ConsoleFile, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { type, tag, isImmutable } = file;
  reply.headers({
    ...security,
    etag: tag,
    vary: isImmutable ? "accept-encoding" : "accept-encoding, accept-language, cookie",
    "cache-control": isImmutable ? "public, max-age=31536000, immutable" : "no-cache",
  });
  if (request.headers["if-none-match"] === tag) return reply.code(304).send();
  const encoding = encodingFor(file, request.headers["accept-encoding"]);
  if (encoding !== "identity") reply.header("content-encoding", encoding);
  return reply.type(type).send(file.bodies[encoding]);
}

function encodingFor({ bodies }: ConsoleFile, accepted: string | string[] | undefined): Encoding {
  const taken = new Set(
    String(accepted ?? "")
      .split(",")
      .map((one) => one.trim())
      .filter((one) => !/;\s*q=0(\.0*)?$/.test(one))
      .map((one) => one.split(";", 1)[0]),
  );
  return encodings.find((one) => taken.has(one) && bodies[one] !== undefined) ?? "identity";
}
