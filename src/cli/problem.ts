/** Something that the person at the terminal can mend: what is wrong, and how to go on. */
export class PlainProblem extends Error {
  override readonly name = "PlainProblem";
  readonly next: readonly string[];
  constructor(message: string, ...next: readonly string[]) {
    super(message);
    this.next = next;
  }
}

/** A problem document of the API (RFC 9457), as far as it is shown. */
export interface ProblemDocument {
  readonly title?: string;
  readonly detail?: string;
  readonly code?: string;
  readonly issues?: readonly { readonly path: string; readonly message: string }[];
}

/** What helps against a refusal, by its code. */
const nextSteps: Readonly<Record<string, string>> = {
  StationNotFound: "See which stations there are: npx motown stations",
  StationNotAccepted: "Accept it: npx motown accept <station id>",
  StationNotConfigured:
    "Tell what its type consists of: npx motown type add <vendor> <model> --evses <n>",
  TypeNotFound: "See what is in the catalogue: npx motown type list",
  TokenNotFound: "Add it: npx motown token add <uid>",
  TransactionNotOpen: "See what is running: npx motown transactions --state active",
  TransactionNotFound: "See what there is: npx motown transactions",
  UserNotFound: "See who there is: npx motown user list",
  NotAuthenticated:
    "Name the data directory of the server (--data-dir), or give a key: MOTOWN_API_KEY=…",
  StoreUnavailable: "Make room or mend the disk; nothing is lost, and stations send again.",
};

/** A refusal of the API in plain words. */
export function refusalOf(status: number, document: ProblemDocument): PlainProblem {
  const { title = `The server answered ${status}.`, detail, code = "", issues = [] } = document;
  const about = detail === undefined ? title : `${title} (${detail})`;
  const fields = issues.map(({ path, message }) => `  ${path.replace(/^\//, "")}: ${message}`);
  const step = nextSteps[code];
  return new PlainProblem([about, ...fields].join("\n"), ...(step === undefined ? [] : [step]));
}
