import { Button, Group, Stack, Text } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { ProblemNotice } from "../parts/problem-notice.tsx";
import { useText } from "../strings/language.ts";
import { Entrance } from "./entrance.tsx";
import { type Choice, isChosen, NewPassword, useLengthMin } from "./new-password.tsx";
import { useOwnPassword, useSignOut } from "./session.ts";

/** In place of any page, while somebody has only a one-time password: the first step of all. */
export function SetUpPage({ user }: { readonly user: string }): ReactNode {
  const t = useText();
  const change = useOwnPassword();
  const signOut = useSignOut();
  const lengthMin = useLengthMin();
  const [choice, setChoice] = useState<Choice>({ password: "", again: "" });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isChosen(choice, lengthMin)) change.mutate({ password: choice.password });
  };
  return (
    <Entrance title={t("session.setUp")}>
      <Text size="sm">{t("session.setUpWhy")}</Text>
      <form onSubmit={submit}>
        {/* For password managers: whose password it is. */}
        <input hidden readOnly name="user" autoComplete="username" value={user} />
        <Stack gap="sm">
          <NewPassword choice={choice} lengthMin={lengthMin} onChange={setChoice} />
          {change.isError && <ProblemNotice error={change.error} />}
          {signOut.isError && <ProblemNotice error={signOut.error} />}
          <Group grow>
            <Button variant="default" size="sm" onClick={() => signOut.mutate()}>
              {t("shell.signOut")}
            </Button>
            <Button
              type="submit"
              size="sm"
              disabled={!isChosen(choice, lengthMin)}
              loading={change.isPending}
            >
              {t("session.start")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Entrance>
  );
}
