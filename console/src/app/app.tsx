import "@mantine/core/styles.css";
import "./global.css";
import { Center, Loader } from "@mantine/core";
import {
  Activity,
  type FunctionComponent,
  lazy,
  type ReactNode,
  StrictMode,
  Suspense,
  useEffect,
  useState,
} from "react";
import { flushSync } from "react-dom";
import { createRoot, hydrateRoot } from "react-dom/client";
import { ProblemNotice } from "../parts/problem-notice.tsx";
import { fetchSession, type Session, supposeSignedOut, useSession } from "../session/session.ts";
import { SignInPage } from "../session/sign-in-page.tsx";
import { forgetTab, neverComeBack } from "../session/start-over.ts";
import { startLanguage, useText } from "../strings/language.ts";
import { askForFirstPage, loadFirstPage, shownAtFirst } from "./early.ts";
import { Surroundings } from "./surroundings.tsx";

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
  const root = document.getElementById("root");
  if (root === null) throw new Error("index.html has no #root");
  const [shown, written] = [shownAtFirst(), document.documentElement.lang];
  neverComeBack();
  await startLanguage();
  const app = (
    <StrictMode>
      <App />
    </StrictMode>
  );
  if (shown === "signIn" || shown === "firstStart") {
    forgetTab();
    supposeSignedOut(shown === "firstStart");
    void fetchSession();
    // The form that is there is taken over as it is, unless its words are of another language.
    if (written === document.documentElement.lang) return void hydrateRoot(root, app);
  } else if (shown === "frame") {
    // It stays until there is something to stand in it.
    await ready();
  } else {
    await soon(ready());
  }
  // At once, so that nothing is typed into what is about to go.
  flushSync(() => createRoot(root).render(app));
}

/** What is behind the door, when the first page can be drawn with all that it shows. */
let Known: FunctionComponent | undefined;

async function ready(): Promise<void> {
  const session = await fetchSession();
  if (session?.signedIn !== true || session.oneTimePassword) return;
  try {
    const inside = await import("./inside.tsx");
    await soon(inside.prepare());
    Known = inside.Inside;
  } catch {
    // It is loaded again when it is to be drawn, where a failure is shown.
  }
}

function soon(work: Promise<unknown>): Promise<unknown> {
  return Promise.race([work, new Promise((resolve) => setTimeout(resolve, togetherMs))]);
}

/** All of it, as it is drawn. */
export function App(): ReactNode {
  return (
    <Surroundings>
      <Suspense fallback={<Waiting />}>
        <Door />
      </Suspense>
    </Surroundings>
  );
}

/**
 * Lets in who is signed in; what he wanted to see is still in the address when he is. When his
 * session ends by itself, his pages stay behind the door with what he has written there.
 */
function Door(): ReactNode {
  const session = useSession();
  const { data } = session;
  const host = useHost(data);
  const isOutside = data?.signedIn === false;
  useEffect(() => {
    // While somebody types his password; if it fails, it is loaded when he is let in.
    if (isOutside) loadFirstPage();
  }, [isOutside]);
  // Not another one later on: his pages would begin anew.
  const [Pages] = useState(() => Known ?? Inside);
  if (data === undefined) {
    if (!session.isError) return <Waiting />;
    return (
      <Center h="100%" p="lg">
        <ProblemNotice error={session.error} again={() => void session.refetch()} />
      </Center>
    );
  }
  return (
    <>
      {!data.signedIn && <SignInPage firstStart={data.firstStart} onSignedIn={askForFirstPage} />}
      {data.signedIn && data.oneTimePassword && <SetUp user={data.user} />}
      {host !== undefined && (
        <Activity key={host} mode={isIn(data) ? "visible" : "hidden"}>
          <Pages />
        </Activity>
      )}
    </>
  );
}

function isIn(session: Session): boolean {
  return session.signedIn && !session.oneTimePassword;
}

/** Whose pages are behind the door: of him who is in, or was; for another one all begins anew. */
function useHost(session: Session | undefined): string | undefined {
  const [host, setHost] = useState<string>();
  const next = session?.signedIn === true && isIn(session) ? session.user : host;
  if (next !== host) setHost(next);
  return next;
}

function Waiting(): ReactNode {
  const t = useText();
  return (
    <Center h="100%" p="lg">
      <Loader aria-label={t("shell.loading")} />
    </Center>
  );
}
