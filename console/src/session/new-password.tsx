import { PasswordInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useShape } from "../api/shapes.ts";
import { useText } from "../strings/language.ts";

/** A password that is being chosen. */
export interface Choice {
  readonly password: string;
  readonly again: string;
}

/** How long it must be by the API's document; undefined until that is here. */
export function useLengthMin(): number | undefined {
  return useShape("putMePassword")?.properties?.password?.minLength;
}

/** Whether it may be sent. */
export function isChosen({ password, again }: Choice, lengthMin = 1): boolean {
  return password.length >= lengthMin && password === again;
}

/** What holds the place of a line until its words are known. */
const blank = "\u00a0";

/** The two fields of a new password, with what is still wrong. */
export function NewPassword({
  choice,
  lengthMin,
  onChange,
}: {
  readonly choice: Choice;
  readonly lengthMin: number | undefined;
  readonly onChange: (choice: Choice) => void;
}): ReactNode {
  const t = useText();
  const [left, setLeft] = useState<Partial<Record<keyof Choice, true>>>({});
  const { password, again } = choice;
  const least = lengthMin ?? 0;
  const isShort = left.password === true && password.length < least;
  const differs = left.again === true && again !== password;
  return (
    <>
      <PasswordInput
        label={t("session.newPassword")}
        description={lengthMin === undefined ? blank : t("session.rule", { least })}
        autoComplete="new-password"
        name="new-password"
        value={password}
        error={isShort ? t("form.shortest", { least }) : undefined}
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
