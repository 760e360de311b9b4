import { Button, Card, PasswordInput, Stack } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { PageHead } from "../parts/page-head.tsx";
import { ProblemNotice } from "../parts/problem-notice.tsx";
import { showToast } from "../parts/toasts/toasts.ts";
import { useText } from "../strings/language.ts";
import { type Choice, isChosen, NewPassword, useLengthMin } from "./new-password.tsx";
import { useOwnPassword } from "./session.ts";

const nothing: Choice = { password: "", again: "" };

/** Changes one's own password. */
export function PasswordPage(): ReactNode {
  const t = useText();
  const change = useOwnPassword();
  const lengthMin = useLengthMin();
  const [current, setCurrent] = useState("");
  const [choice, setChoice] = useState(nothing);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(
      { password: choice.password, currentPassword: current },
      {
        onSuccess: () => {
          setCurrent("");
          setChoice(nothing);
          showToast({ kind: "done", text: t("session.changed") });
        },
      },
    );
  };
  return (
    <>
      <PageHead title={t("session.change")} />
      <Card withBorder maw={420}>
        <form onSubmit={submit}>
          <Stack gap="sm">
            <PasswordInput
              label={t("session.current")}
              autoComplete="current-password"
              name="current-password"
              value={current}
              onChange={(event) => setCurrent(event.currentTarget.value)}
            />
            <NewPassword choice={choice} lengthMin={lengthMin} onChange={setChoice} />
            {change.isError && <ProblemNotice error={change.error} />}
            <Button
              type="submit"
              size="sm"
              disabled={current === "" || !isChosen(choice, lengthMin)}
              loading={change.isPending}
            >
              {t("session.change")}
            </Button>
          </Stack>
        </form>
      </Card>
    </>
  );
}
