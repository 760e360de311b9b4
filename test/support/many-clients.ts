// Connects many times at once, from a process of its own, and tells how often it was answered.
import { get } from "node:http";

const [port, clients] = process.argv.slice(2).map(Number);
let answered = 0;
let left = clients ?? 0;
const one = (here: number) => {
  answered += here;
  left -= 1;
  if (left === 0) process.send?.(answered, () => process.exit(0));
};
for (let at = 0; at < (clients ?? 0); at += 1) {
  const asked = get({ port, host: "127.0.0.1", agent: false }, (response) => {
    response.resume();
    response.once("end", () => one(1));
  });
  asked.once("error", () => one(0));
}
