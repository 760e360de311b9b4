import { limits } from "../limits.ts";
import { type KeyRule, keyTable } from "./configuration-keys.ts";

/** The names of the standard keys that this station has. */
export type KeyName = keyof typeof keyTable;

/** One key as GetConfiguration shows it. */
export interface ConfigurationKey {
  readonly key: string;
  readonly readonly: boolean;
  /** Missing if it is a secret. */
  readonly value?: string;
}

/** What ChangeConfiguration says. */
export type ChangeStatus = "Accepted" | "Rejected" | "RebootRequired" | "NotSupported";

const namesByLowerCase = new Map(
  Object.keys(keyTable).map((name) => [name.toLowerCase(), name as KeyName]),
);

/** The configuration of one station. Keys are found whatever their letter case (CiString). */
export class Configuration {
  readonly #values = new Map<KeyName, string>();
  readonly #atReboot = new Map<KeyName, string>();
  readonly #changed: (name: KeyName) => void;

  constructor(own: Partial<Record<KeyName, string>>, changed: (name: KeyName) => void) {
    for (const [name, rule] of Object.entries(keyTable)) {
      this.#values.set(name as KeyName, own[name as KeyName] ?? rule.value);
    }
    this.#changed = changed;
  }

  text(name: KeyName): string {
    return this.#values.get(name) ?? "";
  }

  int(name: KeyName): number {
    return Number(this.text(name));
  }

  bool(name: KeyName): boolean {
    return this.text(name).toLowerCase() === "true";
  }

  list(name: KeyName): string[] {
    return this.text(name)
      .split(",")
      .map((item) => item.trim())
      .filter(Boolean);
  }

  /** The station itself sets a value, for example from the answer to its boot. */
  set(name: KeyName, value: string): void {
    this.#values.set(name, value);
    this.#changed(name);
  }

  change(key: string, value: string): ChangeStatus {
    const name = namesByLowerCase.get(key.toLowerCase());
    if (name === undefined) return "NotSupported";
    const rule: KeyRule = keyTable[name];
    if (rule.readonly || !(rule.accepts?.(value) ?? true)) return "Rejected";
    if (rule.atReboot) {
      this.#atReboot.set(name, value);
      return "RebootRequired";
    }
    this.set(name, value);
    return "Accepted";
  }

  /** Puts into force what waited for a reboot. */
  reboot(): void {
    for (const [name, value] of this.#atReboot) this.set(name, value);
    this.#atReboot.clear();
  }

  /** All keys, or those asked for with the ones that it does not know; undefined: too many. */
  read(
    wanted: readonly string[] = [],
  ): { configurationKey: ConfigurationKey[]; unknownKey: string[] } | undefined {
    if (wanted.length > limits.configurationKeysMax) return undefined;
    const asked = wanted.length > 0 ? wanted : [...namesByLowerCase.keys()];
    const names = asked.map((key) => namesByLowerCase.get(key.toLowerCase()));
    return {
      configurationKey: names
        .filter((name) => name !== undefined)
        .map((name) => {
          const rule: KeyRule = keyTable[name];
          const shown = rule.secret ? {} : { value: this.text(name) };
          return { key: name, readonly: rule.readonly ?? false, ...shown };
        }),
      unknownKey: asked.filter((_key, at) => names[at] === undefined),
    };
  }
}
