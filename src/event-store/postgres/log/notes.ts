import type { CommonNote } from "../../log-note.ts";

export type LogNote = CommonNote;

/** A checkpoint of nobody, written for the sake of writing: does the database work again? */
export const probe: LogNote = { note: "checkpoint", consumer: "probe of the store", position: 0 };
