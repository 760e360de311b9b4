// The runner for a station's CALLs: asks, decides, composes, commits. Its caller sends the answer.
import { type Execution, StoreUnavailable, TokenNamedTwice } from "#bus";
import {
  isServed,
  type KnownTransaction,
  type StationState,
  stationActor,
  withRecalled,
} from "#core";
import type { AnyFromStationRow, Asked, RowContext } from "../message.ts";
import { noQuirks } from "../quirks/flags.ts";
import { creation, isAdmitted } from "./admission.ts";
import { askedOf, inState, rowContext } from "./context.ts";
import { deviationCommands, logDeviations, noteDeviations } from "./deviations.ts";
import { faults, type Refusal, refusalOf } from "./errors.ts";
import { type CallFrame, errorText, payloadText, resultText } from "./frame.ts";
import type { Knocking } from "./knocking.ts";
import { checkPayload } from "./mending.ts";
import type { Peer, RpcParts } from "./parts.ts";
import type { Recall } from "./recall.ts";
import { receiptOf } from "./receipt.ts";
import { fromStationRow } from "./rows.ts";
import type { StateWaits } from "./state-waits.ts";
import { type KnownTokens, noTokens, openTokens, resolveTokens } from "./tokens.ts";

/** What the runner needs besides the parts. */
export interface InboundParts extends RpcParts {
  readonly waits: StateWaits;
  readonly knocking: Knocking;
  readonly recall: Recall;
}

/** A CALL with the text of its frame and the instant of its arrival. */
export interface InboundCall {
  readonly frame: CallFrame;
  readonly text: string;
  readonly at: string;
  readonly deviations: readonly string[];
  /** How often it was tried before. */
  readonly triedBefore?: number;
}

/** What became of a CALL. */
export interface Reply {
  /** The answer's frame; absent where nothing may be acknowledged. */
  readonly text?: string | undefined;
  readonly refused?: boolean;
  /** The station has a newer connection: this one can never acknowledge anything again. */
  readonly fenced?: boolean;
  readonly deviations: readonly string[];
  /** Too ordinary to be kept as an exchange. */
  readonly quiet?: boolean;
  /** The same call again gets this answer again. */
  readonly repeatable?: boolean;
}

/** A row threw: a bug of ours, and no reason to let the station send for ever. */
class BrokenRow extends Error {
  override readonly name = "BrokenRow";
}

/** One message on its way through the runner. */
interface Running {
  readonly peer: Peer;
  readonly call: InboundCall;
  readonly row: AnyFromStationRow;
  readonly request: unknown;
  readonly tokens: KnownTokens;
  readonly deviations: readonly string[];
  readonly asked: Asked;
  /** By a quirk: it is answered, and nothing follows from it. */
  readonly ignored: boolean;
  /** What the station's state had forgotten, and the message speaks of. */
  readonly recalled: KnownTransaction | undefined;
  /** In the state of the message's arrival, with the tokens that it and its answer name. */
  readonly context: RowContext;
}

/** Answers one CALL of a station. Never throws. */
export async function replyTo(parts: InboundParts, peer: Peer, call: InboundCall): Promise<Reply> {
  try {
    const { commands } = parts.bus;
    const state = commands.stationNow(peer.key) ?? (await commands.station(peer.key));
    const row = fromStationRow(peer.version, call.frame.action);
    return (
      refusedAtOnce(parts, peer, { call, row, state }) ??
      (await run(parts, { peer, call, row: row as AnyFromStationRow, state }))
    );
  } catch (error) {
    const { action, id } = call.frame;
    const fields = { station: peer.stationId, action, messageId: id, error };
    const { triedBefore = 0 } = call;
    if (error instanceof TokenNamedTwice && triedBefore < parts.limits.decideAttemptsMax) {
      // Another node has met the same new token: its reference is found now.
      return replyTo(parts, peer, { ...call, triedBefore: triedBefore + 1 });
    }
    if (error instanceof BrokenRow) {
      parts.log.error("A message could not be handled: a bug", { ...fields, error: error.cause });
      return refuse(peer, call, { code: faults.bug, description: "an internal error" });
    }
    logUnacknowledged(parts, fields);
    return { deviations: call.deviations };
  }
}

/** While the store is away, each message of each station comes to this: it is said seldom. */
function logUnacknowledged(
  { log, complaints }: InboundParts,
  fields: { readonly station: string; readonly action: string; readonly error: unknown },
): void {
  const { error } = fields;
  const isAway = error instanceof StoreUnavailable;
  const unsaid = isAway ? complaints.due(`unacknowledged: ${error.reason}`) : 0;
  if (unsaid === undefined) return;
  const more = unsaid === 0 ? fields : { ...fields, unsaid };
  log.error("A message was not acknowledged, since nothing could be committed", more);
}

/** The refusal of who may not speak, and of what is no message; undefined: it is a row's matter. */
function refusedAtOnce(
  parts: InboundParts,
  peer: Peer,
  given: {
    readonly call: InboundCall;
    readonly row: ReturnType<typeof fromStationRow>;
    readonly state: StationState;
  },
): Reply | undefined {
  const { call, row, state } = given;
  if (!isAdmitted(state, typeof row === "string" ? undefined : row)) {
    parts.knocking.knock(peer, state);
    const early = withDeviation(call, "callBeforeAdmission");
    return refuse(peer, early, { code: faults.notAdmitted, description: whyNot(state) });
  }
  const refusal = refusalOfFrame(peer, call, { row, strict: isStrict(parts, state) });
  if (refusal === undefined) return undefined;
  const refused = typeof row === "string" ? withDeviation(call, row) : call;
  return noted(parts, peer, call, refuse(peer, refused, refusal));
}

function isStrict({ settings }: InboundParts, state: StationState): boolean {
  return settings.strict || state.strict;
}

function withDeviation(call: InboundCall, code: string): InboundCall {
  return { ...call, deviations: [...call.deviations, code] };
}

function refusalOfFrame(
  peer: Peer,
  { frame, deviations }: InboundCall,
  given: { readonly row: ReturnType<typeof fromStationRow>; readonly strict: boolean },
): Refusal | undefined {
  if (typeof given.row === "string") {
    const description = `${peer.version.protocol}: ${frame.action} is not served`;
    return { code: faults[given.row], description };
  }
  const [deviation] = given.strict ? deviations : [];
  return deviation === undefined
    ? undefined
    : { code: faults.badFrame, description: `strict mode: ${deviation}` };
}

function whyNot(state: StationState): string {
  if (!state.exists) return "the station is unknown; send a BootNotification";
  if (state.decommissioned) return "the station is decommissioned";
  return state.accepted ? "the station is not configured" : "the station is not accepted";
}

async function run(
  parts: InboundParts,
  given: {
    readonly peer: Peer;
    readonly call: InboundCall;
    readonly row: AnyFromStationRow;
    readonly state: StationState;
  },
): Promise<Reply> {
  const { peer, call, row, state } = given;
  const strict = isStrict(parts, state);
  const { action, payload } = call.frame;
  const { version } = peer;
  const checked = checkPayload({
    version,
    action,
    kind: "request",
    payload,
    strict,
    mend: row.mend,
  });
  if ("fault" in checked) {
    const deviations = [...new Set([...call.deviations, ...checked.deviations, "schemaViolation"])];
    const refused = refuse(peer, call, refusalOf(checked.fault));
    return noted(parts, peer, call, { ...refused, deviations });
  }
  const quirks = strict ? noQuirks : parts.quirks.of(state);
  const adapted =
    quirks === noQuirks
      ? undefined
      : broken(() => version.adapt?.(checked.payload, { action, quirks, state }));
  const request = adapted === undefined ? checked.payload : adapted.payload;
  const values = broken(() => row.tokens?.(request) ?? []);
  const tokens = values.length === 0 ? noTokens : await resolveTokens(parts.bus.tokens, values);
  const { at } = call;
  const { refs } = tokens;
  const heard = rowContext(parts, { peer, state, at, refs });
  const recalled = row.recalls && (await recalledOf(parts, row, { request, context: heard }));
  const unopened = contextIn(parts, { context: heard, recalled }, state);
  const question = broken(() => row.ask?.(request, unopened));
  const asked = question && (await askedOf(parts.bus, row, question));
  const odd = broken(() => row.deviations?.(request, unopened) ?? []);
  // What the row can name needs no general word beside it.
  const mended = odd.length > 0 ? checked.deviations.filter(isNamed) : checked.deviations;
  const deviations = [...call.deviations, ...mended, ...odd];
  if (adapted !== undefined) deviations.push(...adapted.deviations);
  if (deviations.length > 0) logDeviations(parts, peer, { state, codes: deviations, action });
  const named = broken(() => row.tokenRefs?.(asked) ?? []);
  const context =
    named.length === 0
      ? unopened
      : rowContext(parts, {
          peer,
          state: unopened.state,
          at,
          refs,
          values: await openTokens(parts.bus.tokens, named),
        });
  const ignored = adapted?.ignored === true;
  const said = { peer, call, row, request, tokens, deviations };
  const running: Running = { ...said, asked, ignored, recalled, context };
  return (row.quiet && replyWithoutCommit(parts, running, state)) || (await commit(parts, running));
}

/** The forgotten transaction that a message speaks of; hardly ever is there one. */
function recalledOf(
  parts: InboundParts,
  row: AnyFromStationRow,
  { request, context }: { readonly request: unknown; readonly context: RowContext },
): Promise<KnownTransaction | undefined> | undefined {
  const wanted = broken(() => row.recalls?.(request, context));
  return wanted && parts.recall.find(context.key, wanted);
}

function isNamed(code: string): boolean {
  return code !== "schemaViolation";
}

/** A heartbeat that nothing follows from needs no trip through the station's mailbox. */
function replyWithoutCommit(
  parts: InboundParts,
  running: Running,
  state: StationState,
): Reply | undefined {
  const { row, request, asked, deviations, context } = running;
  if (deviations.length > 0) return undefined;
  if (broken(() => row.commands(request, context, asked)).length > 0) return undefined;
  return accepted(running, composed(parts, running, state));
}

async function commit(parts: InboundParts, running: Running): Promise<Reply> {
  const { peer, row, deviations } = running;
  const result = await parts.bus.commands.execute(executionOf(parts, running));
  if (result.status === "fenced") return { deviations, fenced: true };
  if (result.status === "rejected") {
    const { command, rejection } = result;
    const fields = { station: peer.stationId, action: row.action, command, ...rejection };
    parts.log.error("A station's fact was refused: a bug, or it lost its admission", fields);
    const refused = refuse(peer, running.call, {
      code: faults.bug,
      description: "an internal error",
    });
    return { ...refused, deviations };
  }
  parts.faults?.hit("afterReplyBeforeAnswer");
  const answer =
    row.answerWhen === undefined
      ? (result.answer ?? "")
      : await answerWhenConfigured(parts, running, row.answerWhen);
  if (result.status !== "repeated") return accepted(running, answer);
  const again = [...new Set([...deviations, "repeatedCall"])];
  return accepted({ ...running, deviations: again }, answer);
}

function executionOf(parts: InboundParts, running: Running): Execution {
  const { peer, call, row, request, tokens, asked, deviations, ignored } = running;
  const { key, epoch } = peer;
  const fact = broken(() => row.transactional?.(request));
  return {
    actor: stationActor(key),
    station: key,
    protocol: peer.version.protocol,
    stationTime: fact?.stationInstant,
    fence: { station: key, epoch },
    vault: tokens.vault,
    receipt:
      fact &&
      receiptOf(parts.cipher, {
        peer,
        action: row.action,
        payload: payloadText(call.text, call.frame),
        stationInstant: fact.stationInstant,
        at: call.at,
        days: parts.limits.receiptDays,
      }),
    commands: ({ station }) => {
      const context = contextIn(parts, running, station);
      const commands = ignored ? [] : broken(() => row.commands(request, context, asked));
      const birth = station.exists ? [] : [creation(parts, peer)];
      const seen = deviationCommands(peer, station, { codes: deviations, at: call.at });
      return [...birth, ...commands, ...seen];
    },
    answer: row.answerWhen ? undefined : ({ station }) => composed(parts, running, station),
  };
}

/** The row's answer once the station's configuration has come, or has not come in time. */
async function answerWhenConfigured(
  parts: InboundParts,
  running: Running,
  until: (state: StationState) => boolean,
): Promise<string> {
  const { peer } = running;
  let state = await parts.bus.commands.station(peer.key);
  if (state.accepted && !until(state)) {
    const waitMs = parts.limits.configurationWaitMs;
    state = await parts.waits.wait(peer.key, { until, waitMs });
  }
  // A boot that leads to nothing is somebody's knocking.
  if (!isServed(state)) parts.knocking.knock(peer, state);
  return composed(parts, running, state);
}

/** The answer as JSON; empty where ours would be wrong, which is a bug and is not sent. */
function composed(parts: InboundParts, running: Running, state: StationState): string {
  const { peer, row, request, asked } = running;
  const answer: unknown = broken(() =>
    row.answer(request, contextIn(parts, running, state), asked),
  );
  const fault = peer.version.check(row.action, "response", answer);
  if (fault === undefined) return JSON.stringify(answer);
  const { description } = fault;
  parts.log.error("Our own answer was wrong: a bug", { action: row.action, description });
  return "";
}

/** The message's context in a state of its station, with what that state has forgotten. */
function contextIn(
  parts: InboundParts,
  { context, recalled }: Pick<Running, "context" | "recalled">,
  state: StationState,
): RowContext {
  const whole = recalled === undefined ? state : withRecalled(state, recalled);
  return inState(parts, context, whole);
}

function broken<T>(rowWork: () => T): T {
  try {
    return rowWork();
  } catch (cause) {
    throw new BrokenRow("a row threw", { cause });
  }
}

function accepted({ peer, call, row, deviations }: Running, answer: string): Reply {
  if (answer === "") {
    const wrong = refuse(peer, call, { code: faults.bug, description: "an internal error" });
    return { ...wrong, deviations };
  }
  const quiet = row.quiet === true && deviations.length === 0;
  // A boot's and a heartbeat's answers change with time; both may come again without harm. A fact
  // about a transaction has its receipt.
  const repeatable = !row.quiet && row.admission !== "anybody" && !row.transactional;
  return { text: resultText(call.frame.id, answer), deviations, quiet, repeatable };
}

function refuse(peer: Peer, { frame, deviations }: InboundCall, refusal: Refusal): Reply {
  const code = peer.version.errorCodes[refusal.code];
  const text = errorText(frame.id, { code, description: refusal.description });
  return { text, refused: true, deviations };
}

function noted(parts: InboundParts, peer: Peer, call: InboundCall, answer: Reply): Reply {
  if (answer.deviations.length > 0) {
    const { action } = call.frame;
    noteDeviations(parts, peer, { codes: answer.deviations, at: call.at, action });
  }
  return answer;
}
