// Where NATS is and how to enter it, as the settings say it; files are read at each connect, so
// that what is renewed there is used without a new start.
import { readFile } from "node:fs/promises";
import { isIP } from "node:net";
import {
  type Authenticator,
  type ConnectionOptions,
  credsAuthenticator,
  nkeyAuthenticator,
  tokenAuthenticator,
  usernamePasswordAuthenticator,
} from "@nats-io/transport-node";
import { StoreProblem } from "#store-problem";

/** Where NATS is, and how to enter it. */
export interface NatsOptions {
  /** `nats://host:4222`, or `tls://…`; with `user:password@` or `token@` in front of the host. */
  readonly servers: readonly string[];
  /** Certificates to trust, as PEM; with it the connection is encrypted. */
  readonly trustedCertificatesFile?: string | undefined;
  /** This node's own certificate, and its key. */
  readonly certificateFile?: string | undefined;
  readonly keyFile?: string | undefined;
  /** A `.creds` file, or a file with the seed of an NKey. */
  readonly credentialsFile?: string | undefined;
  /** File with the password (or the token) alone; it wins over the address's. */
  readonly passwordFile?: string | undefined;
}

/** One server, taken out of its address. */
export interface ServerAddress {
  readonly host: string;
  readonly port: string;
  readonly user: string;
  readonly password: string;
  readonly isEncrypted: boolean;
}

const portOfNats = "4222";

/** The addresses taken apart; a `StoreProblem` names none of their passwords. */
export function serversOf({ servers }: Pick<NatsOptions, "servers">): readonly ServerAddress[] {
  const addresses = servers.map((text) => addressOf(text.trim()));
  if (addresses.length === 0) throw notUnderstood();
  return addresses;
}

function addressOf(text: string): ServerAddress {
  const withScheme = text.includes("://") ? text : `nats://${text}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  if (url === undefined || !/^(nats|tls):$/.test(url.protocol) || url.hostname === "") {
    throw notUnderstood();
  }
  return {
    host: url.hostname,
    port: url.port === "" ? portOfNats : url.port,
    user: decoded(url.username),
    password: decoded(url.password),
    isEncrypted: url.protocol === "tls:",
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) throw notUnderstood();
    throw error;
  }
}

// The text itself may hold a password.
const notUnderstood = () =>
  new StoreProblem(
    "unopenable",
    "The address of NATS is not understood. It looks like nats://host:4222 or tls://host:4222, " +
      "several with commas between them.",
  );

/** What the driver has to know to connect to a server. Rejects where a file cannot be read. */
export async function entryOf(
  options: NatsOptions,
  address: ServerAddress,
): Promise<ConnectionOptions> {
  const authenticator = await authenticatorOf(options, address);
  return {
    servers: shownServer(address),
    ...(authenticator !== undefined && { authenticator }),
    tls: await encryptionOf(options, address),
  };
}

/** A server for people and logs. */
export const shownServer = ({ host, port }: ServerAddress): string => `${host}:${port}`;

async function authenticatorOf(
  { credentialsFile, passwordFile }: NatsOptions,
  { user, password }: ServerAddress,
): Promise<Authenticator | undefined> {
  if (credentialsFile !== undefined) {
    const text = await readText(credentialsFile);
    const bytes = new TextEncoder().encode(`${text}\n`);
    if (!text.startsWith("SU")) return credsAuthenticator(bytes);
    return nkeyAuthenticator(new TextEncoder().encode(text));
  }
  const secret = passwordFile === undefined ? password : await readText(passwordFile);
  if (secret === "" && user === "") return undefined;
  // A name without a password is a token, as everywhere with NATS.
  if (user === "") return tokenAuthenticator(secret);
  return secret === "" ? tokenAuthenticator(user) : usernamePasswordAuthenticator(user, secret);
}

/**
 * With any certificate, or with `tls://`, nothing goes in the clear. Without, a server that asks
 * for TLS is not entered: the driver would not look at the name in its certificate.
 */
async function encryptionOf(
  { trustedCertificatesFile, certificateFile, keyFile }: NatsOptions,
  { host, isEncrypted }: ServerAddress,
): Promise<NonNullable<ConnectionOptions["tls"]> | null> {
  const files = [trustedCertificatesFile, certificateFile, keyFile];
  if (!isEncrypted && files.every((file) => file === undefined)) return null;
  const [ca, cert, key] = await Promise.all(
    files.map((file) => (file === undefined ? undefined : readText(file))),
  );
  const name = host.replace(/^\[(.*)\]$/, "$1");
  return {
    // The driver hands it on to Node: a certificate has to be for this name, or this number.
    ...(isIP(name) === 0 ? { host: name, servername: name } : { host: name }),
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
  };
}

async function readText(file: string): Promise<string> {
  try {
    return (await readFile(file, "utf8")).trim();
  } catch (error) {
    throw new Error(`${file} cannot be read`, { cause: error });
  }
}
