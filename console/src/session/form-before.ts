// The sign-in form is there before its code: it comes with the page. What somebody does with it
// until the code takes over is kept here.

const own = "form[data-sign-in]";

/** Where `npm start` sends one at the first start, with the name that it gave. */
export const signInAddress = "/sign-in";

/** The colours that were chosen here are kept under this. */
export const coloursKept = "motown.colours";

const before = { isSent: false, over: new AbortController() };

/** A field of the form. */
export type FieldName = "user" | "password";

/** Begins to watch over the form, if the page brought one. */
export function keepForm(): void {
  const form = document.querySelector(own);
  if (form === null) return;
  const sent = (event: Event): void => {
    event.preventDefault();
    before.isSent = true;
    form.setAttribute("aria-busy", "true");
  };
  form.addEventListener("submit", sent, { signal: before.over.signal });
  const [user, password] = [field("user"), field("password")];
  const given = givenUser();
  if (given === "" || user === null || user.value !== "") return;
  user.value = given;
  if (document.activeElement === user) password?.focus();
}

/** The name that the address gives, as that which `npm start` prints. */
export function givenUser(): string {
  if (typeof location === "undefined") return "";
  return new URLSearchParams(location.search).get("user") ?? "";
}

/** What stands in a field of the form now; undefined where there is none. */
export function typedBefore(name: FieldName): string | undefined {
  return field(name)?.value;
}

/** The field that somebody is in. */
export function fieldBefore(): FieldName | undefined {
  const names = ["user", "password"] as const;
  if (typeof document === "undefined") return undefined;
  return names.find((name) => field(name) === document.activeElement);
}

/** The form's code does all from here on; true: it was to be sent already. */
export function takeOverForm(): boolean {
  before.over.abort();
  document.querySelector(own)?.removeAttribute("aria-busy");
  const { isSent } = before;
  before.isSent = false;
  return isSent;
}

function field(name: FieldName): HTMLInputElement | null {
  if (typeof document === "undefined") return null;
  return document.querySelector<HTMLInputElement>(`${own} input[name="${name}"]`);
}
