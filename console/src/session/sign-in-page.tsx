import { Alert, Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { ProblemNotice } from "../parts/problem-notice.tsx";
import { useText } from "../strings/language.ts";
import { Entrance } from "./entrance.tsx";
import { useSignIn, useWasEnded } from "./session.ts";

/** Where `npm start` sends one at the first start, with the name that it gave. */
const ownAddress = "/sign-in";

/** In place of any page, while nobody is signed in. */
export function SignInPage({ firstStart }: { readonly firstStart: boolean }): ReactNode {
  const t = useText();
  const wasEnded = useWasEnded();
  const signIn = useSignIn();
  const given = new URLSearchParams(location.search).get("user") ?? "";
  const [user, setUser] = useState(given);
  const [password, setPassword] = useState("");

  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The router comes with what is behind the door: it finds where to begin in the address.
    if (location.pathname === ownAddress) history.replaceState(null, "", "/");
    signIn.mutate({ user, password });
  };

  return (
    <Entrance title={t("session.title")}>
      {firstStart && <Alert color="cyan">{t("session.firstStart")}</Alert>}
      {wasEnded && <Alert color="yellow">{t("session.ended")}</Alert>}
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            size="sm"
            label={t("session.user")}
            name="user"
            autoComplete="username"
            autoCapitalize="none"
            required
            withAsterisk={false}
            autoFocus={given === ""}
            value={user}
            onChange={(event) => setUser(event.currentTarget.value)}
          />
          <PasswordInput
            label={t("session.password")}
            name="password"
            autoComplete="current-password"
            required
            withAsterisk={false}
            autoFocus={given !== ""}
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
