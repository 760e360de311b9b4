// Views: what the events come to, as rows that can be asked for. Disposable: every row can be built
// again from the log. Knows core and bus, no store and no speaker. Start reading at view.ts (what a
// view is), then any view, then projector.ts (who feeds them) and queries.ts (who asks them).
export { type ViewName, views } from "./all.ts";
export {
  type HostedViews,
  hostedViews,
  type MessageChannelEnd,
  remoteLog,
  serveViews,
  type ViewsService,
} from "./host.ts";
export type { EventSource, ProjectionFault } from "./lane.ts";
export type { Rebuilt } from "./projector.ts";
export { createProjector, type Projector, type ViewsHealth } from "./projector.ts";
export {
  type BadQuery,
  createQueries,
  filterNames,
  type Item,
  itemSchema,
  type ListQuery,
  type Page,
  type Queries,
} from "./queries.ts";
export { createSharedViews, type SharedViews } from "./shared-views.ts";
export type { StationSet } from "./statements.ts";
export type { Tally, TallyQuery } from "./tally.ts";
export { shapeOf, tablesOf } from "./versions.ts";
export { defineTable, defineView, type View, viewTableOf } from "./view.ts";
export { viewReaderOf } from "./view-reader.ts";
