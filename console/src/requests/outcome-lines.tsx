import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { Item } from "../api/call.ts";
import { spanOf } from "../parts/instants.ts";
import { useText } from "../strings/language.ts";

/** Of this one it is not the station's word, but ours of its answer. */
const ours = "InvalidAnswer";

/**
 * What there is to say of a request's outcome: the station's own words, or how long it had none.
 */
export function OutcomeLines({ request }: { readonly request: Item<"getRequests"> }): ReactNode {
  const t = useText();
  const { outcome, status, result, sentAt, completedAt } = request;
  const lines: string[] = [];
  if (status === ours) lines.push(t("requests.invalidAnswer"));
  else if (status !== undefined) lines.push(t("requests.status", { status }));
  const description = outcome === "failed" ? descriptionOf(result) : "";
  if (description !== "") lines.push(description);
  if (outcome === "timedOut" && sentAt !== undefined && completedAt !== undefined) {
    lines.push(t("requests.waited", { span: spanOf(new Date(sentAt), new Date(completedAt), t) }));
  }
  return lines.map((line) => (
    <Text key={line} size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
      {line}
    </Text>
  ));
}

/** What an error says of itself. */
function descriptionOf(result: unknown): string {
  const { description } = (result ?? {}) as { readonly description?: unknown };
  return typeof description === "string" ? description : "";
}
