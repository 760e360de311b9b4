import { Alert, Button, Code, Group, List, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { refusalOf } from "../api/problem.ts";
import { isTextKey, useText } from "../strings/language.ts";
import { Icon } from "./icon.tsx";

/** What went wrong: a sentence for people, what the server adds, and its code for whoever helps. */
export function ProblemNotice({
  error,
  again,
}: {
  readonly error: unknown;
  readonly again?: () => void;
}): ReactNode {
  const t = useText();
  const refusal = refusalOf(error);
  const issues = "issues" in refusal ? (refusal.issues ?? []) : [];
  const sentence = isTextKey(`problem.${refusal.code}`)
    ? t(`problem.${refusal.code}`)
    : refusal.title;
  const said = refusal.detail ?? (refusal.code === "Unreadable" ? refusal.title : undefined);
  // What the server adds may be the same in its own language.
  const detail = said === sentence ? undefined : said;
  return (
    <Alert color="red" icon={<Icon name="alert" />} p="sm" data-problem={refusal.code}>
      <Stack gap={4}>
        <Text size="sm">{sentence}</Text>
        {detail !== undefined && (
          <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
            {detail}
          </Text>
        )}
        {issues.length > 0 && (
          <List size="xs">
            {issues.map(({ path, message }) => (
              <List.Item key={`${path} ${message}`}>
                <Code>{path.replace(/^\//, "")}</Code> {message}
              </List.Item>
            ))}
          </List>
        )}
        <Group gap="xs">
          <Code>{refusal.code}</Code>
          {again !== undefined && (
            <Button variant="default" size="compact-xs" onClick={again}>
              {t("shell.retry")}
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}
