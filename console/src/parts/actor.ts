/** Who did something: a person or a program of ours by the name alone, others with their kind. */
export function actorText(actor: string): string {
  return actor.replace(/^operator:/, "");
}
