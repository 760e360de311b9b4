// Shapes of what operations take, from the API's document as the server has it now: forms are made
// of these, so that the console knows no field by itself.
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { Shape } from "../parts/form/shape.ts";
import { type Operation, reach } from "./call.ts";
import { operations } from "./operations.gen.ts";

interface Document {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly requestBody?: {
              readonly content: Readonly<Record<string, { schema: Shape }>>;
            };
          }
        >
      >
    >
  >;
}

/** The API's document, asked for once. */
export function useDocument(): UseQueryResult<Document> {
  return useQuery({
    queryKey: ["document"],
    queryFn: async ({ signal }) => {
      const answer = await reach("/openapi.json", { signal });
      return (await answer.json()) as Document;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The shape of an operation's body; undefined while it is on its way, or where it takes none. */
export function useShape(operation: Operation): Shape | undefined {
  const { data } = useDocument();
  const [method, path] = operations[operation];
  const body = data?.paths[path]?.[method.toLowerCase()]?.requestBody;
  return body?.content["application/json"]?.schema;
}

/** Shapes of a body that `type` tells apart, by type; empty while they are on their way. */
export function useShapes(operation: Operation): Readonly<Record<string, Shape>> {
  const shape = useShape(operation);
  const choices = shape?.oneOf ?? shape?.anyOf ?? [];
  return Object.fromEntries(
    choices.map((choice) => [String(choice.properties?.type?.const ?? choice.title), choice]),
  );
}
