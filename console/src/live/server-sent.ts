/** A message of a stream of server-sent events. */
export interface Message {
  readonly id: string | undefined;
  readonly data: string;
}

/**
 * Takes the text of a stream as it comes, in pieces that end anywhere, and hands out its messages.
 * Comments, by which the server shows that it is there, are messages to nobody.
 */
export function createReader(onMessage: (message: Message) => void): (piece: string) => void {
  let rest = "";
  return (piece) => {
    const blocks = `${rest}${piece}`.split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const message = messageOf(block);
      if (message !== undefined) onMessage(message);
    }
  };
}

function messageOf(block: string): Message | undefined {
  let id: string | undefined;
  const data: string[] = [];
  for (const line of block.split("\n")) {
    const [, field, value = ""] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (field === "id") id = value;
    if (field === "data") data.push(value);
  }
  return data.length === 0 ? undefined : { id, data: data.join("\n") };
}
