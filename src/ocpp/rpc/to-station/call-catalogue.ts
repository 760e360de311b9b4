// What can be written out as a call of one's own (`RequestOcppCall`), and what it has to look like.
import type { OcppVersion } from "../../message.ts";
import { type JsonSchema, selfContained } from "../../wire/json-schema.ts";
import { speechOfAction } from "../rows.ts";

/** An action that can be called at a station. */
export interface CallableAction {
  readonly action: string;
  /** Document, edition and section; absent where the action has no row. */
  readonly spec?: string | undefined;
}

/** The actions that can be called at stations, by protocol, with their schemas. */
export interface CallCatalogue {
  readonly protocols: readonly string[];
  /** In the order of the version's table; undefined: no such protocol. */
  actionsOf(protocol: string): readonly CallableAction[] | undefined;
  /** Schemas of the call and its answer; undefined: no such action. */
  schemasOf(call: {
    readonly protocol: string;
    readonly action: string;
  }): { readonly request: JsonSchema; readonly response: JsonSchema } | undefined;
}

/** The catalogue of the versions that are spoken here. */
export function createCallCatalogue(versions: readonly OcppVersion[]): CallCatalogue {
  const versionOf = (protocol: string) => versions.find((one) => one.protocol === protocol);
  return {
    protocols: versions.map(({ protocol }) => protocol),
    actionsOf: (protocol) => {
      const version = versionOf(protocol);
      return version && Object.keys(version.messages).flatMap((action) => rowOf(version, action));
    },
    schemasOf: ({ protocol, action }) => {
      const version = versionOf(protocol);
      if (version === undefined || speechOfAction(version, action) === undefined) return undefined;
      const request = version.schemaOf({ action, kind: "request" });
      const response = version.schemaOf({ action, kind: "response" });
      if (request === undefined || response === undefined) return undefined;
      return { request: selfContained(request), response: selfContained(response) };
    },
  };
}

function rowOf(version: OcppVersion, action: string): readonly CallableAction[] {
  const speech = speechOfAction(version, action);
  if (speech === undefined) return [];
  return [speech.row === undefined ? { action } : { action, spec: speech.row.spec }];
}
