/** What keeps a store from being opened, for programs; the message is for people. */
export type StoreProblemCode =
  | "unwritable"
  | "diskFull"
  | "newerSchema"
  | "locked"
  | "damaged"
  | "missing"
  | "notEmpty"
  | "badArchive"
  | "unopenable";

/** A store cannot be opened. The message says why, and how to go on. */
export class StoreProblem extends Error {
  override readonly name = "StoreProblem";
  readonly code: StoreProblemCode;

  constructor(code: StoreProblemCode, message: string) {
    super(message);
    this.code = code;
  }
}
