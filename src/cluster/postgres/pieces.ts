// A NOTIFY carries less than 8,000 bytes: longer texts go in pieces, which one transaction sends
// one after the other, so that they also arrive so.

/** Of PostgreSQL, in its usual build. */
const payloadBytesMax = 7_999;
/** Room for the numbers before a piece. */
const headBytes = 80;
const pieceBytes = payloadBytesMax - headBytes;

/** Who sends, and the number of the text among those it sends. */
export interface PieceNames {
  /** Letters and digits. */
  readonly from: string;
  readonly id: number;
}

/** A text as payloads. */
export function piecesOf(text: string, { from, id }: PieceNames): string[] {
  const bytes = Buffer.from(text);
  const pieces: string[] = [];
  let start = 0;
  do {
    const end = characterBorder(bytes, start + pieceBytes);
    pieces.push(bytes.toString("utf8", start, end));
    start = end;
  } while (start < bytes.length);
  return pieces.map((piece, at) => `${from} ${id} ${at} ${pieces.length} ${piece}`);
}

/** No character is torn: UTF-8 marks the bytes that go on with one. */
function characterBorder(bytes: Buffer, wanted: number): number {
  let at = wanted;
  while (at < bytes.length && ((bytes[at] ?? 0) & 0xc0) === 0x80) at -= 1;
  return Math.min(at, bytes.length);
}

/** Puts pieces together again, of one text at a time: they come one after the other. */
export class Assembly {
  readonly #charactersMax: number;
  #of = "";
  #pieces: string[] = [];
  #characters = 0;

  constructor(charactersMax: number) {
    this.#charactersMax = charactersMax;
  }

  /**
   * Takes a payload. What comes of it: a whole text with its sender; `incomplete`; or `broken`,
   * when a piece does not go on with what is there, or is none.
   */
  add(payload: string): { readonly from: string; readonly text: string } | Unfinished {
    const found = piecePattern.exec(payload);
    if (found?.groups === undefined) return "broken";
    const { from = "", id = "", at = "", of = "", piece = "" } = found.groups;
    const name = `${from} ${id} ${of}`;
    if (at === "0") this.#begin(name);
    else if (this.#of !== name || this.#pieces.length !== Number(at)) return this.#drop();
    this.#characters += piece.length;
    if (this.#characters > this.#charactersMax) return this.#drop();
    this.#pieces.push(piece);
    if (this.#pieces.length < Number(of)) return "incomplete";
    const text = this.#pieces.join("");
    this.#begin("");
    return { from, text };
  }

  #begin(name: string): void {
    this.#of = name;
    this.#pieces = [];
    this.#characters = 0;
  }

  #drop(): Unfinished {
    this.#begin("");
    return "broken";
  }
}

type Unfinished = "incomplete" | "broken";

const piecePattern = /^(?<from>\w+) (?<id>\d+) (?<at>\d+) (?<of>\d+) (?<piece>.*)$/s;
