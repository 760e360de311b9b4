// Reads the figures that a server keeps for Prometheus.

/** A figure: what it is, and its value now. */
export interface Figure {
  readonly name: string;
  /** What its values differ by: `{route="/livez"}`; empty where there is one. */
  readonly labels: string;
  readonly help: string;
  readonly value: number;
}

/** All figures of a text of Prometheus; of a histogram its count and sum, not each bucket. */
export function figuresIn(text: string): readonly Figure[] {
  const helps = new Map<string, string>();
  const figures: Figure[] = [];
  for (const line of text.split("\n")) {
    const help = /^# HELP (\S+) (.*)$/.exec(line);
    if (help?.[1] !== undefined) helps.set(help[1], help[2] ?? "");
    const found = /^([a-zA-Z_:][\w:]*)(\{.*\})? (\S+)$/.exec(line);
    const [, name, labels = "", value] = found ?? [];
    if (name === undefined || name.endsWith("_bucket")) continue;
    const kind = name.replace(/_(count|sum)$/, "");
    figures.push({
      name,
      labels,
      help: helps.get(name) ?? helps.get(kind) ?? "",
      value: Number(value),
    });
  }
  return figures;
}

/** Figures that hold all the words. */
export function figuresWith(figures: readonly Figure[], text: string): readonly Figure[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return figures.filter(({ name, labels, help }) => {
    const all = `${name} ${labels} ${help}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
}
