import type { Log } from "#bus";

/** A line of the operator's log that tells of a fault of ours. */
export interface Complaint {
  readonly message: string;
  readonly words: string;
}

/** A log that keeps what tells of faults, and counts the rest. */
export interface ComplaintLog extends Log {
  readonly lines: number;
  /** Complaints since the last time. */
  take(): readonly Complaint[];
}

/** Warnings that tell of a fault of ours, not of somebody else's. */
const ours = /add-on failed|bug/i;
const kept = 20;

export function complaintLog(): ComplaintLog {
  let lines = 0;
  let complaints: Complaint[] = [];
  const count = () => {
    lines += 1;
  };
  const complain = (message: string, fields: Readonly<Record<string, unknown>> = {}) => {
    count();
    if (complaints.length < kept) complaints.push({ message, words: inWords(fields) });
  };
  return {
    get lines() {
      return lines;
    },
    take: () => {
      const taken = complaints;
      complaints = [];
      return taken;
    },
    debug: count,
    info: count,
    warn: (message, fields) => {
      if (ours.test(message)) complain(message, fields);
      else count();
    },
    error: complain,
  };
}

const wordsMax = 1_000;

function inWords(fields: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(fields).map(([name, value]) => {
    if (!(value instanceof Error)) return `${name}=${safely(value)}`;
    const cause = value.cause instanceof Error ? value.cause : value;
    return `${name}=${cause.stack?.split("\n").slice(0, 4).join(" ") ?? cause.message}`;
  });
  return parts.join(" ").slice(0, wordsMax);
}

function safely(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch (error) {
    return `(${String(error)})`;
  }
}
