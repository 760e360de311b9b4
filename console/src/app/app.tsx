import "@mantine/core/styles.css";
import "./global.css";
import { Center, Loader, localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { lazy, type ReactNode, StrictMode, Suspense, useEffect } from "react";
import { createRoot } from "react-dom/client";
import { answers } from "../api/use-answer.ts";
import { ProblemNotice } from "../parts/problem-notice.tsx";
import { useSession } from "../session/session.ts";
import { SignInPage } from "../session/sign-in-page.tsx";
import { startLanguage, useText } from "../strings/language.ts";
import { theme, variables } from "./theme.ts";

const colours = localStorageColorSchemeManager({ key: "motown.colours" });

const loadInside = async () => ({ default: (await import("./inside.tsx")).Inside });
/** Only who is signed in needs the router and what it leads to. */
const Inside = lazy(loadInside);
const SetUp = lazy(async () => ({
  default: (await import("../session/set-up-page.tsx")).SetUpPage,
}));

/** Shows the console in its language. */
export async function show(): Promise<void> {
  await startLanguage();
  const root = document.getElementById("root");
  if (root === null) throw new Error("index.html has no #root");
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}

function App(): ReactNode {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      colorSchemeManager={colours}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={answers}>
        <Suspense fallback={<Waiting />}>
          <Door />
        </Suspense>
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** Lets in who is signed in; what he wanted to see is still in the address when he is. */
function Door(): ReactNode {
  const session = useSession();
  const isOutside = session.data?.signedIn === false;
  useEffect(() => {
    // While somebody types his password; if it fails, it is loaded when he is let in.
    if (isOutside) loadInside().catch(() => {});
  }, [isOutside]);
  if (session.data === undefined) {
    if (!session.isError) return <Waiting />;
    return (
      <Center h="100%" p="lg">
        <ProblemNotice error={session.error} again={() => void session.refetch()} />
      </Center>
    );
  }
  if (!session.data.signedIn) return <SignInPage firstStart={session.data.firstStart} />;
  if (session.data.oneTimePassword) return <SetUp user={session.data.user} />;
  return <Inside />;
}

function Waiting(): ReactNode {
  const t = useText();
  return (
    <Center h="100%" p="lg">
      <Loader aria-label={t("shell.loading")} />
    </Center>
  );
}
