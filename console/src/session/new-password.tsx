import { PasswordInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useText } from "../strings/language.ts";

/** As the API asks of it. */
const lengthMin = 12;

/** A password that is being chosen. */
export interface Choice {
  readonly password: string;
  readonly again: string;
}

/** Whether it may be sent. */
export function isChosen({ password, again }: Choice): boolean {
  return password.length >= lengthMin && password === again;
}

/** The two fields of a new password, with what is still wrong. */
export function NewPassword({
  choice,
  onChange,
}: {
  readonly choice: Choice;
  readonly onChange: (choice: Choice) => void;
}): ReactNode {
  const t = useText();
  const [left, setLeft] = useState<Partial<Record<keyof Choice, true>>>({});
  const { password, again } = choice;
  const isShort = left.password === true && password.length < lengthMin;
  const differs = left.again === true && again !== password;
  return (
    <>
      <PasswordInput
        label={t("session.newPassword")}
        description={t("session.rule")}
        autoComplete="new-password"
        name="new-password"
        value={password}
        error={isShort ? t("session.tooShort") : undefined}
        onBlur={() => setLeft((before) => ({ ...before, password: true }))}
        onChange={(event) => onChange({ ...choice, password: event.currentTarget.value })}
      />
      <PasswordInput
        label={t("session.again")}
        autoComplete="new-password"
        name="again"
        value={again}
        error={differs ? t("session.differs") : undefined}
        onBlur={() => setLeft((before) => ({ ...before, again: true }))}
        onChange={(event) => onChange({ ...choice, again: event.currentTarget.value })}
      />
    </>
  );
}
