import type { InvalidCommand, Issue } from "#bus";
import { type Rejection, rejections } from "#core";

/** What the API itself refuses, beside what the core's deciders refuse: status and sentence. */
export const apiProblems = {
  BodyInvalid: { http: 400, sentence: "The body does not have the shape that is needed." },
  BodyUnreadable: { http: 400, sentence: "The body is no JSON." },
  QueryInvalid: { http: 400, sentence: "The address has query fields that cannot be used." },
  PathInvalid: { http: 400, sentence: "A part of the address does not have the shape needed." },
  HeaderInvalid: { http: 400, sentence: "A header does not have the shape that is needed." },
  NotAuthenticated: { http: 401, sentence: "Say who you are: an API key, or name and password." },
  SessionEnded: { http: 401, sentence: "You are not signed in, or no longer: sign in." },
  CsrfTokenMissing: {
    http: 403,
    sentence: "A change from a browser has to name the token of its session, X-CSRF-Token.",
  },
  PasswordChangeRequired: {
    http: 403,
    sentence: "The one-time password opens nothing but the change of itself.",
  },
  NotAdministrator: { http: 403, sentence: "This is for administrators." },
  NotFound: { http: 404, sentence: "There is nothing at this address." },
  MethodNotAllowed: { http: 405, sentence: "This address does not know this method." },
  BodyTooLarge: { http: 413, sentence: "The body is larger than what is taken." },
  BodyNotJson: { http: 415, sentence: "The body must be application/json." },
  ViewsShared: { http: 409, sentence: "This node alone cannot have the views built again." },
  IdempotencyKeyReused: {
    http: 422,
    sentence: "This Idempotency-Key was used for another request in the last 24 hours.",
  },
  TooManyAttempts: { http: 429, sentence: "Too many failed attempts; wait before the next." },
  TooManyStreams: { http: 503, sentence: "No more live streams can be served at the moment." },
  TooManyExports: { http: 503, sentence: "No more files can be made at the moment." },
  StoreUnavailable: { http: 503, sentence: "Nothing can be stored at the moment." },
  RoleElsewhere: { http: 503, sentence: "This node does not serve the API; another one does." },
  NewerRelease: {
    http: 503,
    sentence: "A newer release of Motown has written here; its nodes can answer.",
  },
  ViewNotReady: { http: 503, sentence: "The views are behind; the command was carried out." },
  InternalError: { http: 500, sentence: "Something went wrong inside; it is in the log." },
} as const satisfies Record<string, { http: number; sentence: string }>;

/** Stable code of a problem document. */
export type ProblemCode = keyof typeof apiProblems | keyof typeof rejections;

interface ProblemExtras {
  readonly detail?: string | undefined;
  readonly issues?: readonly Issue[] | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** A refusal on its way out: thrown by a resource, answered as a problem document. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly code: ProblemCode;
  readonly status: number;
  readonly extras: ProblemExtras;
  constructor(code: ProblemCode, extras: ProblemExtras = {}) {
    const { http, sentence } = { ...rejections, ...apiProblems }[code];
    super(sentence);
    this.code = code;
    this.status = http;
    this.extras = extras;
  }
}

/** A refusal of a decider as a problem. */
export function problemOf({ rejected, detail }: Rejection): Problem {
  return new Problem(rejected, { detail });
}

/** RFC 9457, with the code that programs compare and the fields that are wrong. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly code: ProblemCode;
  readonly issues?: readonly Issue[];
}

/** Media type of a problem document. */
export const problemJson = "application/problem+json";

export function documentOf({ code, status, message, extras }: Problem): ProblemDocument {
  const { detail, issues } = extras;
  return {
    type: `urn:motown:problem:${code}`,
    title: message,
    status,
    ...(detail === undefined ? {} : { detail }),
    code,
    ...(issues === undefined ? {} : { issues }),
  };
}

/** A command that the bus found misshapen, in the words of the API. */
export function problemOfInvalid(error: InvalidCommand): Problem {
  return new Problem("BodyInvalid", { issues: error.issues });
}
