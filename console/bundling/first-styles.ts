// The styles that the first paint of a page needs, out of all that come later as files.

interface Rule {
  readonly prelude: string;
  readonly body: string;
}

/**
 * What has to be said in a page's head for its HTML to look as it will: of the styles that come as
 * files, those that say something of it, and of its own ones, what they say too late.
 */
export function stylesOf(html: string, styles: string): string {
  const classes = new Set(
    [...html.matchAll(/ class="([^"]*)"/g)].flatMap(([, of = ""]) => of.split(" ")),
  );
  const fits = (selector: string) => classesIn(selector).every((name) => classes.has(name));
  const own = [...html.matchAll(/<style[^>]*>([^<]*)<\/style>/g)].map(([, text = ""]) => text);
  const fitting = kept(styles, fits);
  return withoutUnused(fitting + twinsOf(fitting) + twinsOf(own.join("")), html);
}

/**
 * Which colours the browser wants is said at the root by a script; before it has come, the browser
 * itself is asked. Every rule of one scheme gets a twin for that time.
 */
export function twinsOf(styles: string): string {
  return rulesOf(styles)
    .map(({ prelude, body }) => {
      if (/^@(media|supports)/.test(prelude)) {
        const twins = twinsOf(body);
        return twins === "" ? "" : `${prelude}{${twins}}`;
      }
      return prelude.startsWith("@") ? "" : twinsOfRule(prelude, body);
    })
    .join("");
}

function twinsOfRule(prelude: string, body: string): string {
  const twins = ["light", "dark"].map((wanted) => {
    const said = new RegExp(`(:root)?\\[data-mantine-color-scheme=["']?${wanted}["']?\\]`);
    const unsaid = selectorsOf(prelude)
      .filter((one) => said.test(one) && !one.startsWith(":host"))
      .map((one) => one.replace(said, ":root:not([data-mantine-color-scheme])"));
    if (unsaid.length === 0) return "";
    return `@media (prefers-color-scheme:${wanted}){${unsaid.join(",")}{${body}}}`;
  });
  return twins.join("");
}

function kept(styles: string, fits: (selector: string) => boolean): string {
  return rulesOf(styles)
    .map(({ prelude, body }) => {
      if (/^@(media|supports)/.test(prelude)) {
        const inner = kept(body, fits);
        return inner === "" ? "" : `${prelude}{${inner}}`;
      }
      // Nothing moves before the scripts are there.
      if (prelude.startsWith("@")) return "";
      const fitting = selectorsOf(prelude).filter(fits);
      return fitting.length === 0 ? "" : `${fitting.join(",")}{${body}}`;
    })
    .join("");
}

/** Variables that nobody asks for, at first or by way of another one, are left out. */
function withoutUnused(styles: string, html: string): string {
  const asked = (text: string) => [...text.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name);
  const definition = /(--[\w-]+):([^;{}"<]*)(;|(?=[}"<]))/g;
  const values = new Map<string | undefined, string[]>();
  for (const [, name, value = ""] of (styles + html).matchAll(definition)) {
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  const used = new Set(asked((styles + html).replace(definition, "")));
  for (const name of used)
    for (const value of values.get(name) ?? []) {
      for (const further of asked(value)) used.add(further);
    }
  return styles.replace(definition, (all, name) => (used.has(name) ? all : ""));
}

/** Classes that something must have for a selector to fit, those of `:not(…)` left out. */
function classesIn(selector: string): readonly string[] {
  const positive = selector.replace(/:not\((?:[^()]|\([^()]*\))*\)/g, "");
  return [...positive.matchAll(/\.(-?[a-zA-Z_][\w-]*)/g)].map(([, name = ""]) => name);
}

/** Selectors of a rule, split at the commas that stand in no brackets. */
function selectorsOf(prelude: string): readonly string[] {
  return prelude.split(/,(?![^(]*\))/).map((one) => one.trim());
}

/** The rules of a style sheet, as a minifier writes it: no comments, no braces in texts. */
function rulesOf(styles: string): readonly Rule[] {
  const rules: Rule[] = [];
  let at = 0;
  while (at < styles.length) {
    const open = styles.indexOf("{", at);
    if (open < 0) break;
    const prelude = styles.slice(at, open).replace(/^.*;/s, "").trim();
    const close = closing(styles, open);
    rules.push({ prelude, body: styles.slice(open + 1, close) });
    at = close + 1;
  }
  return rules;
}

function closing(styles: string, open: number): number {
  let depth = 0;
  for (let at = open; at < styles.length; at += 1) {
    if (styles[at] === "{") depth += 1;
    if (styles[at] === "}") depth -= 1;
    if (depth === 0) return at;
  }
  throw new Error(`the rule at ${open} has no end`);
}
