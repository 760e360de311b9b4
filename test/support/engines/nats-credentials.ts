// Keys and credentials for a NATS of a test, as its own tools make them.
import { nkeys } from "@nats-io/transport-node";

type Pair = ReturnType<typeof nkeys.createUser>;

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const encoded = (bytes: string | Uint8Array) => Buffer.from(bytes).toString("base64url");

/** A key by itself, and an operator's account with a user and its credentials. */
export function natsCredentials() {
  const user = nkeys.createUser();
  const [operator, account, member] = [
    nkeys.createOperator(),
    nkeys.createAccount(),
    nkeys.createUser(),
  ];
  const operatorJwt = signed(operator, operator, { type: "operator", version: 2 });
  const limits = { subs: -1, data: -1, payload: -1 };
  const many = { imports: -1, exports: -1, wildcards: true, conn: -1, leaf: -1 };
  const accountClaim = { type: "account", version: 2, limits: { ...limits, ...many } };
  const accountJwt = signed(account, operator, accountClaim);
  const memberJwt = signed(member, account, { type: "user", version: 2, ...limits });
  return {
    nkey: user.getPublicKey(),
    seed: text(user.getSeed()),
    operator: {
      settings: [
        `operator: ${operatorJwt}`,
        "resolver: MEMORY",
        `resolver_preload: { ${account.getPublicKey()}: ${accountJwt} }`,
      ].join("\n"),
      credentials: credentialsOf(memberJwt, text(member.getSeed())),
    },
  };
}

function signed(subject: Pair, issuer: Pair, nats: Readonly<Record<string, unknown>>): string {
  const claims = {
    jti: subject.getPublicKey(),
    iat: 1_770_000_000,
    iss: issuer.getPublicKey(),
    name: "test",
    sub: subject.getPublicKey(),
    nats,
  };
  const header = encoded(JSON.stringify({ typ: "JWT", alg: "ed25519-nkey" }));
  const body = `${header}.${encoded(JSON.stringify(claims))}`;
  return `${body}.${encoded(issuer.sign(new TextEncoder().encode(body)))}`;
}

const credentialsOf = (jwt: string, seed: string) => `-----BEGIN NATS USER JWT-----
${jwt}
------END NATS USER JWT------

-----BEGIN USER NKEY SEED-----
${seed}
------END USER NKEY SEED------
`;
