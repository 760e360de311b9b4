import { Center, Loader, localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { answers } from "../api/use-answer.ts";
import { ProblemNotice } from "../parts/problem-notice.tsx";
import { Toasts } from "../parts/toast-stack.tsx";
import { useSession } from "../session/session.ts";
import { SetUpPage } from "../session/set-up-page.tsx";
import { SignInPage } from "../session/sign-in-page.tsx";
import { useText } from "../strings/language.ts";
import { router } from "./router.tsx";
import { theme, variables } from "./theme.ts";

const colours = localStorageColorSchemeManager({ key: "motown.colours" });

/** The console. */
export function App(): ReactNode {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      colorSchemeManager={colours}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={answers}>
        <Door />
        <Toasts />
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** Lets in who is signed in; what he wanted to see is still in the address when he is. */
function Door(): ReactNode {
  const t = useText();
  const session = useSession();
  if (session.data === undefined) {
    return (
      <Center h="100%" p="lg">
        {session.isError ? (
          <ProblemNotice error={session.error} again={() => void session.refetch()} />
        ) : (
          <Loader aria-label={t("shell.loading")} />
        )}
      </Center>
    );
  }
  if (!session.data.signedIn) return <SignInPage firstStart={session.data.firstStart} />;
  if (session.data.oneTimePassword) return <SetUpPage user={session.data.user} />;
  return <RouterProvider router={router} />;
}
