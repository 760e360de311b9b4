// The bare wire: what one Node process answers when it parses each frame, checks the request by the
// official schema and replies. No store, no domain, no log. Our own figures are shares of this.
// With --stored <folder> each answer waits for our stores, still without a domain: what is left
// between the two is what being durable costs on this machine.
import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import { WebSocketServer } from "ws";
import { answerTo } from "./wire/bare-answers.ts";
import { openBareStores } from "./wire/bare-stores.ts";

const { values } = parseArgs({
  options: { port: { type: "string", default: "0" }, stored: { type: "string" } },
});
const stores = values.stored === undefined ? undefined : await openBareStores(values.stored);

const server = new WebSocketServer({
  host: "127.0.0.1",
  port: Number(values.port),
  perMessageDeflate: false,
  handleProtocols: (offered) => (offered.has("ocpp1.6") ? "ocpp1.6" : false),
});
server.on("connection", (socket, request) => {
  const station = request.url?.split("/").at(-1) ?? "";
  const remember = stores?.rememberer(station);
  socket.on("message", async (frame) => {
    const text = String(frame);
    const answered = answerTo(text);
    if (answered === undefined) return;
    if (remember !== undefined) await remember(text, answered);
    socket.send(answered.answer);
  });
});
server.on("listening", () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ port, pid: process.pid })}\n`);
});
process.once("SIGTERM", () => process.exit(0));
