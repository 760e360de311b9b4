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

interface Served {
  /** Asked once, when somebody comes. */
  readonly read: () => Promise<ConsoleFiles | undefined>;
  /** Origins beside its own that its images may come from. */
  readonly images: readonly string[];
}

/**
 * Serves the console at `/`: its files by name, and its first page for each address that may be one
 * of its own.
 */
export function serveConsole(app: FastifyInstance, { read, images }: Served): void {
  const policy = policyWith(images);
  let files: Promise<ConsoleFiles | undefined> | undefined;
  app.get("/*", { schema: { hide: true } }, async (request, reply) => {
    files ??= read();
    const known = await files;
    const path = pathOf(request);
    const file =
      known?.get(path) ?? (isPage(path, request) ? known?.get("/index.html") : undefined);
    if (file !== undefined) {
      return send(file, request, reply.header("content-security-policy", policy));
    }
    if (path === "/") return reply.redirect("/docs");
    return reply.callNotFound();
  });
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
    vary: "accept-encoding",
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
