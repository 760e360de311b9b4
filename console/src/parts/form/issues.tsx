import { Code, List } from "@mantine/core";
import type { ReactNode } from "react";
import type { Issue } from "./shape.ts";

/** What is wrong with a value, where it has no fields that would say so. */
export function Issues({ issues }: { readonly issues: readonly Issue[] }): ReactNode {
  if (issues.length === 0) return null;
  return (
    <List size="xs" c="red" role="alert">
      {issues.map(({ path, message }) => (
        <List.Item key={`${path} ${message}`}>
          <Code>{path.replace(/^\//, "")}</Code> {message}
        </List.Item>
      ))}
    </List>
  );
}
