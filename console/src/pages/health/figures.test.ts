import { expect, it } from "vitest";
import { figuresIn, figuresWith } from "./figures.ts";

const text = `# HELP motown_sockets Open sockets, of stations and others
# TYPE motown_sockets gauge
motown_sockets 12

# HELP motown_api_request_seconds Time from an API request to its answer.
# TYPE motown_api_request_seconds histogram
motown_api_request_seconds_bucket{le="0.1",route="/livez"} 3
motown_api_request_seconds_sum{route="/livez"} 0.25
motown_api_request_seconds_count{route="/livez"} 3
# HELP process_start Time
process_start 1.5e9
`;

it("reads values with their labels and meaning, and no buckets", () => {
  expect(figuresIn(text)).toEqual([
    ...[
      {
        name: "motown_sockets",
        labels: "",
        help: "Open sockets, of stations and others",
        value: 12,
      },
    ],
    ...["sum", "count"].map((what) => ({
      name: `motown_api_request_seconds_${what}`,
      labels: '{route="/livez"}',
      help: "Time from an API request to its answer.",
      value: what === "sum" ? 0.25 : 3,
    })),
    { name: "process_start", labels: "", help: "Time", value: 1.5e9 },
  ]);
});

it("finds figures by name, label and meaning", () => {
  const names = (words: string) => figuresWith(figuresIn(text), words).map(({ name }) => name);
  expect(names("sockets STATIONS")).toEqual(["motown_sockets"]);
  expect(names("livez sum")).toEqual(["motown_api_request_seconds_sum"]);
  expect(names("")).toHaveLength(4);
});
