import { Alert, Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useEffect, useLayoutEffect, useState } from "react";
import { ProblemNotice } from "../parts/problem-notice.tsx";
import { useText } from "../strings/language.ts";
import { Entrance } from "./entrance.tsx";
import { fieldBefore, givenUser, signInAddress, takeOverForm, typedBefore } from "./form-before.ts";
import { type SignedIn, useEnded, useSignIn } from "./session.ts";

/**
 * In place of any page, while nobody is signed in. It is written into the page when the console is
 * built, so that it is there before this code, which then takes over what was typed into it.
 */
export function SignInPage({
  firstStart,
  onSignedIn,
}: {
  readonly firstStart: boolean;
  readonly onSignedIn: (session: SignedIn) => void;
}): ReactNode {
  const t = useText();
  const ended = useEnded();
  const signIn = useSignIn(onSignedIn);
  const { user, setUser, password, setPassword, focused } = useFields(ended ?? givenUser());

  const send = () => {
    // What stands there: some of it may have been typed before this was drawn.
    const claim = {
      user: typedBefore("user") ?? user,
      password: typedBefore("password") ?? password,
    };
    // The router comes with what is behind the door: it finds where to begin in the address.
    if (location.pathname === signInAddress) history.replaceState(null, "", "/");
    signIn.mutate(claim);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the form is taken over once
  useEffect(() => {
    if (takeOverForm()) send();
  }, []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };

  return (
    <Entrance title={t("session.title")}>
      {firstStart && <Alert color="cyan">{t("session.firstStart")}</Alert>}
      {ended !== undefined && <Alert color="yellow">{t("session.ended")}</Alert>}
      {/* By its method a browser does nothing with it: it has no dialog. */}
      <form method="dialog" data-sign-in onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            size="sm"
            label={t("session.user")}
            name="user"
            autoComplete="username"
            autoCapitalize="none"
            required
            withAsterisk={false}
            autoFocus={focused === "user"}
            value={user}
            onChange={(event) => setUser(event.currentTarget.value)}
          />
          <PasswordInput
            label={t("session.password")}
            name="password"
            autoComplete="current-password"
            required
            withAsterisk={false}
            autoFocus={focused === "password"}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          {signIn.isError && <ProblemNotice error={signIn.error} />}
          <Button type="submit" size="sm" loading={signIn.isPending}>
            {t("session.signIn")}
          </Button>
        </Stack>
      </form>
    </Entrance>
  );
}

/** The fields as they are found, and as they are from then on. */
function useFields(given: string) {
  const [user, setUser] = useState(() => typedBefore("user") ?? given);
  const [password, setPassword] = useState(() => typedBefore("password") ?? "");
  const [focused] = useState(() => fieldBefore() ?? (given === "" ? "user" : "password"));
  useLayoutEffect(() => {
    // What was typed while this was drawn.
    setUser((drawn) => typedBefore("user") ?? drawn);
    setPassword((drawn) => typedBefore("password") ?? drawn);
  }, []);
  return { user, setUser, password, setPassword, focused };
}
