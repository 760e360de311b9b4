// What `docker ps` shows: whether the program in this container answers. Whether it can serve at
// the moment is another question (/readyz): a database that is away is no reason to restart it.
const port = process.env.MOTOWN_PORT ?? "8080";

try {
  const answer = await fetch(`http://127.0.0.1:${port}/livez`, {
    signal: AbortSignal.timeout(4_000),
  });
  process.exitCode = answer.ok ? 0 : 1;
} catch (error) {
  console.error(String(error));
  process.exitCode = 1;
}
