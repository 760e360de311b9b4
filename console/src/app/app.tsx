import "@mantine/core/styles.css";
import "./global.css";
import { Center, Loader, localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import {
  type FunctionComponent,
  lazy,
  type ReactNode,
  StrictMode,
  Suspense,
  useEffect,
} from "react";
import { createRoot } from "react-dom/client";
import { answers } from "../api/use-answer.ts";
import { ProblemNotice } from "../parts/problem-notice.tsx";
import { fetchSession, useSession } from "../session/session.ts";
import { SignInPage } from "../session/sign-in-page.tsx";
import { startLanguage, useText } from "../strings/language.ts";
import { theme, variables } from "./theme.ts";

const colours = localStorageColorSchemeManager({ key: "motown.colours" });

/** Only who is signed in needs the router and what it leads to. */
const loadInside = async () => ({ default: (await import("./inside.tsx")).Inside });
const Inside = lazy(loadInside);
/** What is drawn first is drawn once, if all of it comes within this time. */
const togetherMs = 1_000;
const SetUp = lazy(async () => ({
  default: (await import("../session/set-up-page.tsx")).SetUpPage,
}));

/** Shows the console in its language. */
export async function show(): Promise<void> {
  await startLanguage();
  const root = document.getElementById("root");
  if (root === null) throw new Error("index.html has no #root");
  await Promise.race([ready(), new Promise((resolve) => setTimeout(resolve, togetherMs))]);
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}

/** What is behind the door, when the first page can be drawn with all that it shows. */
let Known: FunctionComponent | undefined;

async function ready(): Promise<void> {
  const session = await fetchSession();
  if (session?.signedIn !== true || session.oneTimePassword) return;
  try {
    const inside = await import("./inside.tsx");
    await inside.prepare();
    Known = inside.Inside;
  } catch {
    // It is loaded again when it is to be drawn, where a failure is shown.
  }
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
  return Known === undefined ? <Inside /> : <Known />;
}

function Waiting(): ReactNode {
  const t = useText();
  return (
    <Center h="100%" p="lg">
      <Loader aria-label={t("shell.loading")} />
    </Center>
  );
}
