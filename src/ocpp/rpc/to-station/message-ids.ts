/** OCPP-J 1.6 §4.1.4, 2.0.1 Part 4 §4.1.4: no longer than this. */
const charactersMax = 36;

/** Which call of which request a message id stands for. */
export interface NamedCall {
  readonly requestId: string;
  /** From 0: most requests are one call. */
  readonly part: number;
}

/**
 * A message id that says which request it belongs to: whichever node hears the answer knows it,
 * however late. Undefined where it would be too long.
 */
export function messageIdOf({ requestId, part }: NamedCall): string | undefined {
  const id = part === 0 ? requestId : `${requestId.replaceAll("-", "")}.${part}`;
  return id.length <= charactersMax ? id : undefined;
}

const laterPart =
  /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})\.([1-9]\d{0,2})$/;

/** The call that a message id of ours would stand for. */
export function callNamedBy(messageId: string): NamedCall {
  const [, ...groups] = laterPart.exec(messageId) ?? [];
  const part = groups.pop();
  if (part === undefined) return { requestId: messageId, part: 0 };
  return { requestId: groups.join("-"), part: Number(part) };
}
