import { createHash } from "node:crypto";
import type { FastifyInstance } from "fastify";

/** ETag on every JSON document that is fetched; who has it already gets 304. */
export function tagDocuments(app: FastifyInstance): void {
  app.addHook("onSend", async (request, reply, payload) => {
    const json = String(reply.getHeader("content-type") ?? "").startsWith("application/json");
    if (request.method !== "GET" || reply.statusCode !== 200 || !json) return payload;
    if (typeof payload !== "string") return payload;
    const tag = `"${createHash("sha256").update(payload).digest("base64url").slice(0, 27)}"`;
    reply.header("etag", tag);
    if (!knows(request.headers["if-none-match"], tag)) return payload;
    reply.code(304).removeHeader("content-length");
    return "";
  });
}

function knows(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  const tags = header.split(",").map((one) => one.trim().replace(/^W\//, ""));
  return tags.includes("*") || tags.includes(tag);
}
