import { matchesGlob } from "node:path";

/** Whether a path matches one of the patterns. */
export const matchesAny = (path: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) => matchesGlob(path, pattern));

/** Our own programs and tests, whatever they are written in. */
export const isOurCode = (path: string): boolean =>
  /^(src|test|tools|bench|bin|console)\/.*\.(tsx?|mjs|js)$|^[^/]*\.config\.ts$/.test(path);

/** Written by a generator. */
export const isGenerated = (path: string): boolean => path.endsWith(".gen.ts");

/** A file of tests. */
export const isTest = (path: string): boolean => path.endsWith(".test.ts");

/** Code of the product that a person wrote. */
export const isProduct = (path: string): boolean =>
  path.startsWith("src/") && path.endsWith(".ts") && !isGenerated(path) && !isTest(path);

/** Code of the console that a person wrote. */
export const isConsole = (path: string): boolean =>
  /^console\/src\/.*\.tsx?$/.test(path) && !isGenerated(path) && !isTest(path);

/** The rules' own files: they hold, as data, what they look for. */
export const isTidy = (path: string): boolean => path.startsWith("test/tidy");

/**
 * Where names are the protocol's: the speakers of each version, the simulated station, and tests
 * that play one.
 */
export const speaksTheWire = (path: string): boolean =>
  /^src\/(ocpp\/v\d|simulator\/)|^test\/(conformance|bad-input|scenarios)\//.test(path) ||
  isGenerated(path);
