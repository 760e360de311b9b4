import { QueryObserver, useMutation, useQuery } from "@tanstack/react-query";
import { type Answer, call, holdToken, onSessionEnded } from "../api/call.ts";
import { refusalOf } from "../api/problem.ts";
import { answers } from "../api/use-answer.ts";
import { createStore, useStore } from "../store.ts";
import { startOver } from "./start-over.ts";

/** Whether this browser is signed in, as whom, and what he may do. */
export type Session = Answer<"getSession">;

/** Somebody who is signed in. */
export type SignedIn = Extract<Session, { readonly signedIn: true }>;

const key = ["getSession", {}] as const;

/** Who was signed in here until the server said that he is no more. */
const ended = createStore<string | undefined>(undefined);

onSessionEnded(() => {
  keepShown();
  void answers.invalidateQueries({ queryKey: key });
});

/** Lets go of what was shown when a session ended. */
let letGo: (() => void)[] = [];

/**
 * What stands on his pages stays there until somebody signs in, and be it tomorrow: who looks at an
 * answer keeps it. A longer `gcTime` would be the answer's for ever, since it never gets shorter.
 */
function keepShown(): void {
  for (const { options, queryKey } of answers.getQueryCache().findAll({ type: "active" })) {
    const onlooker = new QueryObserver(answers, { ...options, queryKey, enabled: false });
    letGo.push(onlooker.subscribe(() => {}));
  }
}

/** His pages look at it themselves again; what they do not is forgotten after a while. */
function keepNoMore(): void {
  for (const leave of letGo) leave();
  letGo = [];
}

const question = {
  queryKey: key,
  queryFn: async ({ signal }: { readonly signal: AbortSignal }) =>
    begin(await call("getSession", {}, { signal })),
  staleTime: Number.POSITIVE_INFINITY,
  // Somebody else may have signed in meanwhile, in another window of this browser.
  refetchOnWindowFocus: "always" as const,
};

/** The session, asked for once, and again when the server says that it is over. */
export function useSession() {
  return useQuery(question);
}

/** Asks for it before anybody uses it; if it fails, whoever does is told. */
export async function fetchSession(): Promise<Session | undefined> {
  await answers.prefetchQuery({ ...question, staleTime: 0 });
  return answers.getQueryData<Session>(key);
}

/** What the page itself says, until the server has answered: it is asked all the same. */
export function supposeSignedOut(firstStart: boolean): void {
  const session: Session = { signedIn: false, firstStart };
  answers.setQueryData(key, session);
}

/** Whose session has ended by itself, while nobody is signed in: he finds all as it was. */
export function useEnded(): string | undefined {
  return useStore(ended);
}

/** Who was signed in here last, since this page was loaded. */
let lastUser: string | undefined;

/** Lets somebody in; for another one than before the page begins anew, and nothing is drawn. */
function begin(session: Session): Session | Promise<never> {
  if (session.signedIn) {
    if (lastUser !== undefined && session.user !== lastUser) return startOver();
    lastUser = session.user;
    keepNoMore();
  }
  ended.set(session.signedIn ? undefined : lastUser);
  holdToken(session.signedIn ? session.csrf : "");
  return session;
}

/** Signs in with name and password; `onSignedIn` is called before anything is drawn. */
export function useSignIn(onSignedIn: (session: SignedIn) => void) {
  return useMutation({
    mutationFn: async (claim: { readonly user: string; readonly password: string }) =>
      begin(await call("postSession", { body: claim }, { harmless: true })),
    onSuccess: (session) => {
      // What he was told before his session ended is asked for anew: his rights may be other ones.
      void answers.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== key[0] });
      if (session.signedIn) onSignedIn(session);
      answers.setQueryData(key, session);
    },
  });
}

/** Signs out in this browser, and nowhere else. Who comes next finds nothing of what was here. */
export function useSignOut() {
  return useMutation({
    mutationFn: async () => {
      try {
        await call("deleteSession", {});
      } catch (error) {
        // It had ended already; whatever else it is, he is not out, and is told so.
        if (refusalOf(error).code !== "SessionEnded") throw error;
      }
      return startOver();
    },
  });
}

/** Sets one's own password. */
export function useOwnPassword() {
  return useMutation({
    mutationFn: (body: { readonly password: string; readonly currentPassword?: string }) =>
      call("putMePassword", { body }),
    onSuccess: () => answers.invalidateQueries({ queryKey: key }),
  });
}
