import { expect, it } from "vitest";
import { stylesOf, twinsOf } from "../../console/bundling/first-styles.ts";

it("keeps what says something of the page, and leaves out what does not", () => {
  const html = '<p class="a b">one</p>';
  const styles = [
    "body{margin:0}",
    ".a{color:red}",
    ".c{color:blue}",
    ".a .c,.b:where(:not(.c,.d)){top:0}",
    "@media (width<=30em){.c{left:0}}",
    "@media (width<=30em){.a{left:0}.c{left:1px}}",
    "@keyframes turn{0%{top:0}to{top:1px}}",
  ];
  expect(stylesOf(html, styles.join(""))).toBe(
    "body{margin:0}.a{color:red}.b:where(:not(.c,.d)){top:0}@media (width<=30em){.a{left:0}}",
  );
});

it("keeps variables that are asked for, by another one too", () => {
  const html = '<p class="a" style="--gap:var(--small)">one</p>';
  const styles = ":root{--small:1px;--red:var(--dark);--dark:#900;--other:var(--small)}";
  expect(stylesOf(html, `${styles}.a{gap:var(--gap);color:var(--red)}`)).toBe(
    ":root{--small:1px;--red:var(--dark);--dark:#900;}.a{gap:var(--gap);color:var(--red)}",
  );
});

it("asks the browser for its colours until a script has said them", () => {
  const unsaid = ":root:not([data-mantine-color-scheme])";
  expect(twinsOf(':root[data-mantine-color-scheme="dark"],:host(x){top:0}')).toBe(
    `@media (prefers-color-scheme:dark){${unsaid}{top:0}}`,
  );
  expect(twinsOf(":where([data-mantine-color-scheme=light]) .a{top:0}.b{top:1px}")).toBe(
    `@media (prefers-color-scheme:light){:where(${unsaid}) .a{top:0}}`,
  );
  const own = '<style>:root[data-mantine-color-scheme="dark"]{--red:#f00}</style>';
  expect(stylesOf(`${own}<p class="a">`, ".a{color:var(--red)}")).toBe(
    `.a{color:var(--red)}@media (prefers-color-scheme:dark){${unsaid}{--red:#f00}}`,
  );
});
