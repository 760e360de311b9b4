import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";

/** A request as it came, and the frame that answers it. */
export interface BareAnswer {
  readonly id: string;
  readonly action: string;
  readonly answer: string;
}

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

/** Parses a frame, checks the request by the official schema of OCPP 1.6, and accepts it. */
export function answerTo(text: string): BareAnswer | undefined {
  const [type, id, action, payload] = JSON.parse(text) as [number, string, string, object];
  if (type !== 2) return undefined;
  const valid = checks.get(action)?.(payload) ?? false;
  const answer = JSON.stringify(
    valid ? [3, id, answers[action]?.() ?? {}] : [4, id, "FormationViolation", "", {}],
  );
  return { id, action, answer };
}
