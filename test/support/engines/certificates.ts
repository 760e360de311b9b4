import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

interface CertificateFiles {
  readonly certificate: string;
  readonly key: string;
}

/** Files of certificates that were made just now. */
export interface Certificates {
  /** Certificate that has signed the others. */
  readonly trusted: string;
  /** Of a server on 127.0.0.1 and `localhost`. */
  readonly server: CertificateFiles;
  /** Of a server on `localhost` alone. */
  readonly named: CertificateFiles;
  readonly client: CertificateFiles;
  remove(): Promise<void>;
}

const names = {
  server: "DNS:localhost,IP:127.0.0.1",
  named: "DNS:localhost",
  client: "DNS:node.example",
};

/** Makes a root and what it signs, by openssl. */
export async function makeCertificates(): Promise<Certificates> {
  const directory = await mkdtemp(join(tmpdir(), "motown-certificates-"));
  const path = (name: string) => join(directory, name);
  const trusted = path("root.pem");
  openssl("req", "-x509", ...newKey(path("root.key")), "-subj", "/CN=Test root", "-out", trusted);
  const sign = async (name: keyof typeof names) => {
    const files = { certificate: path(`${name}.pem`), key: path(`${name}.key`) };
    const request = path(`${name}.csr`);
    const extensions = path(`${name}.ext`);
    await writeFile(extensions, `subjectAltName=${names[name]}\n`);
    openssl("req", ...newKey(files.key), "-subj", `/CN=${name}`, "-out", request);
    const root = ["-CA", trusted, "-CAkey", path("root.key"), "-CAcreateserial"];
    const made = ["-days", "2", "-extfile", extensions, "-out", files.certificate];
    openssl("x509", "-req", "-in", request, ...root, ...made);
    return files;
  };
  return {
    trusted,
    server: await sign("server"),
    named: await sign("named"),
    client: await sign("client"),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

const newKey = (file: string) => [
  ...["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"],
  ...["-keyout", file],
];

function openssl(...args: string[]): void {
  const { status, stderr } = spawnSync("openssl", args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`openssl ${args[0]} failed: ${stderr}`);
}
