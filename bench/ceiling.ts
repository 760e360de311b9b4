// The bare wire: what one Node process answers when it parses each frame, checks the request by the
// official schema and replies. No store, no domain, no log. Our own figures are shares of this.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { WebSocketServer } from "ws";

const { values } = parseArgs({ options: { port: { type: "string", default: "0" } } });

function requestChecks(): ReadonlyMap<string, ValidateFunction> {
  const file = createRequire(import.meta.url).resolve("ocpp-rpc/lib/schemas/ocpp1_6.json");
  const ajv = new Ajv({ strict: false, multipleOfPrecision: 6 });
  addFormats.default(ajv);
  const schemas = JSON.parse(readFileSync(file, "utf8")) as { $id: string; $schema?: string }[];
  return new Map(
    schemas.flatMap(({ $id, $schema: _dialect, ...rules }) => {
      const action = /^urn:(\w+)\.req$/.exec($id)?.[1];
      return action === undefined ? [] : [[action, ajv.compile(rules)] as const];
    }),
  );
}

let transactions = 0;
const answers: Readonly<Record<string, () => object>> = {
  BootNotification: () => ({
    status: "Accepted",
    currentTime: new Date().toISOString(),
    interval: 300,
  }),
  Heartbeat: () => ({ currentTime: new Date().toISOString() }),
  Authorize: () => ({ idTagInfo: { status: "Accepted" } }),
  StartTransaction: () => {
    transactions += 1;
    return { transactionId: transactions, idTagInfo: { status: "Accepted" } };
  },
  StopTransaction: () => ({ idTagInfo: { status: "Accepted" } }),
};

const checks = requestChecks();

function answerTo(text: string): string | undefined {
  const [type, id, action, payload] = JSON.parse(text) as [number, string, string, object];
  if (type !== 2) return undefined;
  const valid = checks.get(action)?.(payload) ?? false;
  return JSON.stringify(
    valid ? [3, id, answers[action]?.() ?? {}] : [4, id, "FormationViolation", "", {}],
  );
}

const server = new WebSocketServer({
  host: "127.0.0.1",
  port: Number(values.port),
  perMessageDeflate: false,
  handleProtocols: (offered) => (offered.has("ocpp1.6") ? "ocpp1.6" : false),
});
server.on("connection", (socket) => {
  socket.on("message", (frame) => {
    const answer = answerTo(String(frame));
    if (answer !== undefined) socket.send(answer);
  });
});
server.on("listening", () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ port, pid: process.pid })}\n`);
});
process.once("SIGTERM", () => process.exit(0));
