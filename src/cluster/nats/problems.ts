/** Codes of the system and of TLS, and parts of what NATS and its driver say. */
const words: readonly (readonly [what: RegExp, words: string])[] = [
  [/authorization violation/i, "NATS refuses the user, the password or the key"],
  [/authentication (expired|timeout)/i, "NATS refuses: what this node enters with has expired"],
  [/permissions violation/i, "NATS gives this user too few rights"],
  [/maximum connections exceeded/i, "NATS has no connection left"],
  [/closed connection|connection draining/i, "the connection to NATS was cut"],
  [/slow consumer/i, "NATS has cut off this node: it did not take its messages"],
  [/stale connection/i, "NATS has cut off this node: it was silent"],
  [/unable to parse credentials|invalid seed|illegal base32/i, "the credentials' file is damaged"],
  [/ECONNREFUSED|connection refused/i, "NATS cannot be reached (connection refused)"],
  [/ENOTFOUND|EAI_AGAIN/, "the host name of NATS is unknown"],
  [/ETIMEDOUT|TimeoutError/, "NATS cannot be reached (no answer)"],
  [/EHOSTUNREACH|ENETUNREACH/, "NATS cannot be reached (no route)"],
  [/CERT_HAS_EXPIRED/, "the certificate of NATS has expired"],
  [/ALTNAME_INVALID/, "the certificate of NATS is for another name"],
  [/SELF_SIGNED|UNABLE_TO_(VERIFY|GET)/, "the certificate of NATS is not trusted"],
  [/ALERT_(CERTIFICATE_REQUIRED|BAD_CERTIFICATE|UNKNOWN_CA)/, "NATS refuses our certificate"],
  [/options\.tls/, "NATS asks for TLS: its address has to begin with tls://"],
  [/does not support 'tls'/, "NATS offers no TLS, and this node is told to use it"],
  [/ECONNRESET|EPIPE/, "the connection to NATS was cut"],
];

/** What keeps NATS away, in plain words; nothing: its connection just ended. */
export function whyAway(error: unknown): string {
  const said = everythingSaid(error);
  if (said === "") return "the connection to NATS was cut";
  const found = words.find(([what]) => what.test(said));
  return found?.[1] ?? said;
}

const causesMax = 4;

/** An error's name, code and message, and those of what caused it. */
function everythingSaid(error: unknown, depth = 0): string {
  if (!(error instanceof Error) || depth > causesMax) return "";
  const { name, message, cause } = error;
  const code = "code" in error ? String(error.code) : "";
  const known = [name === "Error" ? "" : name, message.includes(code) ? "" : code, message];
  const own = known.filter((part) => part !== "");
  const caused = everythingSaid(cause, depth + 1);
  return caused === "" ? own.join(" ") : `${own.join(" ")}: ${caused}`;
}
