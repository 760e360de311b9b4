import { useMutation, useQuery } from "@tanstack/react-query";
import { type Answer, call, holdToken, onSessionEnded } from "../api/call.ts";
import { answers } from "../api/use-answer.ts";
import { createStore, useStore } from "../store.ts";

/** Whether this browser is signed in, as whom, and what he may do. */
export type Session = Answer<"getSession">;

/** Somebody who is signed in. */
export type SignedIn = Extract<Session, { readonly signedIn: true }>;

const key = ["getSession", {}] as const;

/** Whether somebody was signed in here until the server said that he is no more. */
const wasEnded = createStore(false);

onSessionEnded(() => {
  const known = answers.getQueryData<Session>(key);
  if (known?.signedIn === true) wasEnded.set(true);
  void answers.invalidateQueries({ queryKey: key });
});

const question = {
  queryKey: key,
  queryFn: async ({ signal }: { readonly signal: AbortSignal }) =>
    begin(await call("getSession", {}, { signal })),
  staleTime: Number.POSITIVE_INFINITY,
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

/** Whether the sign-in page is there because a session has ended by itself. */
export function useWasEnded(): boolean {
  return useStore(wasEnded);
}

function begin(session: Session): Session {
  holdToken(session.signedIn ? session.csrf : "");
  if (session.signedIn) wasEnded.set(false);
  return session;
}

/** What one was told is not for the next one; the session itself is looked at by the door. */
function forgetAnswers(): void {
  answers.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== key[0] });
}

/** Signs in with name and password. */
export function useSignIn() {
  return useMutation({
    mutationFn: (claim: { readonly user: string; readonly password: string }) =>
      call("postSession", { body: claim }),
    onSuccess: (session) => {
      forgetAnswers();
      answers.setQueryData(key, begin(session));
    },
  });
}

/** Signs out here, and nowhere else. */
export function useSignOut() {
  return useMutation({
    mutationFn: () => call("deleteSession", {}),
    // Whatever the server says, this browser shows nothing of what it was told any more.
    onSettled: () => {
      forgetAnswers();
      return answers.invalidateQueries({ queryKey: key });
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
