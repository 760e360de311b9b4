// HAProxy and nginx in front of Motowns of a test, set up by the samples of deploy/: only
// addresses, ports, files and the time for which a station may be silent are others.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { type Engine, engineFolder, engines, howToInstall } from "../../tools/engines.ts";
import { fileText } from "./deploy-files.ts";

/** A proxy that runs. */
export interface RunningProxy {
  readonly httpPort: number;
  readonly httpsPort: number;
  stop(): Promise<void>;
}

/** What a proxy is set up with. */
export interface ProxySetting {
  /** Ports of the nodes behind it. */
  readonly nodes: readonly number[];
  /** A folder of the test's own, with `certificate.pem`: chain and key. */
  readonly directory: string;
  /** How long a station may be silent. */
  readonly silenceSeconds: number;
}

/** Starts a proxy of its kind. */
export type StartProxy = (setting: ProxySetting) => Promise<RunningProxy>;

const startMs = 10_000;
const lookMs = 20;

/** Makes a certificate as the cluster on one machine does; its authority is itself. */
export async function makeCertificate(directory: string): Promise<string> {
  const script = join(directory, "make-secrets.sh");
  await copyFile(join(import.meta.dirname, "../../deploy/compose/make-secrets.sh"), script);
  const { status, stderr } = spawnSync("sh", [script], { encoding: "utf8" });
  if (status !== 0) throw new Error(`make-secrets.sh ended with ${status}: ${stderr}`);
  const made = join(directory, "secrets/certificate.pem");
  await copyFile(made, join(directory, "certificate.pem"));
  const pem = await readFile(made, "utf8");
  return pem.slice(0, pem.indexOf("-----BEGIN PRIVATE KEY-----"));
}

/** HAProxy with `deploy/haproxy/haproxy.cfg`. */
export const startHaproxy: StartProxy = async ({ nodes, directory, silenceSeconds }) => {
  const [httpPort = 0, httpsPort = 0, figuresPort = 0] = await freePorts(3);
  const certificate = join(directory, "certificate.pem");
  const file = join(directory, "haproxy.cfg");
  const text = changed(fileText("deploy/haproxy/haproxy.cfg"), [
    ["bind :80", `bind 127.0.0.1:${httpPort}`],
    ["bind :443 ssl crt /etc/haproxy/certs/", `bind 127.0.0.1:${httpsPort} ssl crt ${certificate}`],
    ["bind 127.0.0.1:8405", `bind 127.0.0.1:${figuresPort}`],
    ["maxconn 60000", "maxconn 200"],
    ["timeout tunnel 5m", `timeout tunnel ${silenceSeconds}s`],
    ["timeout client 75s", `timeout client ${silenceSeconds}s`],
    ...addresses(nodes),
  ]);
  await writeFile(file, text);
  const stop = await run(engines.haproxy, { arguments: ["-db", "-f", file], port: httpsPort });
  return { httpPort, httpsPort, stop };
};

/** nginx with `deploy/nginx/nginx.conf`. */
export const startNginx: StartProxy = async ({ nodes, directory, silenceSeconds }) => {
  const [httpPort = 0, httpsPort = 0] = await freePorts(2);
  const certificate = join(directory, "certificate.pem");
  const file = join(directory, "nginx.conf");
  const folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${join(directory, name)};`,
  );
  const text = changed(fileText("deploy/nginx/nginx.conf"), [
    ["listen 80;", `listen 127.0.0.1:${httpPort};`],
    ["listen 443 ssl;", `listen 127.0.0.1:${httpsPort} ssl;`],
    ["/etc/nginx/certs/tls.crt", certificate],
    ["/etc/nginx/certs/tls.key", certificate],
    ["worker_processes auto;", "worker_processes 1;"],
    ["worker_rlimit_nofile 131072;", ""],
    ["worker_connections 65536;", "worker_connections 200;"],
    ["access_log off;", `access_log off; ${folders.join(" ")}`],
    ["proxy_read_timeout 300s;", `proxy_read_timeout ${silenceSeconds}s;`],
    ...addresses(nodes),
  ]);
  await writeFile(file, text);
  const settings = `daemon off; pid ${join(directory, "nginx.pid")}; error_log stderr warn;`;
  const words = ["-c", file, "-p", directory, "-e", "stderr", "-g", settings];
  const stop = await run(engines.nginx, { arguments: words, port: httpsPort });
  return { httpPort, httpsPort, stop };
};

/** A sample that says something else than it did is noticed. */
function changed(text: string, changes: readonly (readonly [string, string])[]): string {
  return changes.reduce((whole, [from, to]) => {
    if (!whole.includes(from)) throw new Error(`the sample does not say: ${from}`);
    return whole.replaceAll(from, to);
  }, text);
}

/** The samples have three nodes; a test may have fewer. */
function addresses(nodes: readonly number[]): (readonly [string, string])[] {
  return [1, 2, 3].map((number) => {
    const port = nodes[(number - 1) % nodes.length];
    return [`motown-${number}:8080`, `127.0.0.1:${port}`] as const;
  });
}

async function run(
  engine: Engine,
  wanted: { readonly arguments: readonly string[]; readonly port: number },
): Promise<() => Promise<void>> {
  const folder = engineFolder(engine);
  const [program = ""] = engine.programs;
  if (folder === undefined) throw new Error(howToInstall(engine));
  const child = spawn(join(folder, program), [...wanted.arguments], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (said += part));
  // Whoever ends without a word leaves no proxy behind.
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const stop = async () => {
    process.off("exit", kill);
    await ended(child);
  };
  try {
    await listens(wanted.port, child);
  } catch (error) {
    await stop();
    throw new Error(`${program} does not come up: ${(error as Error).message}: ${said}`);
  }
  return stop;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  await gone;
}

async function listens(port: number, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + startMs;
  const url = `http://127.0.0.1:${port}/`;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
    const answers = await fetch(url).then(
      () => true,
      // Whoever does not like what was said has heard it.
      ({ cause }: { cause?: { code?: string } }) => cause?.code !== "ECONNREFUSED",
    );
    if (answers) return;
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
  throw new Error(`nothing listens on ${port}`);
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return ports;
}
