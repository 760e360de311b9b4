import { actorText } from "../../parts/actor.ts";
import type { Column } from "../../parts/list/columns.ts";
import { Moment } from "../../parts/moment.tsx";
import { OutcomeWord, type Request } from "../../requests/outcome-word.tsx";
import { nameOf } from "../../requests/request-progress.tsx";
import { FollowUp } from "./follow-up.tsx";

/** Columns of the list of requests. */
export const requestColumns: readonly Column<Request>[] = [
  {
    id: "type",
    title: "requestList.request",
    width: "minmax(140px, 1.2fr)",
    cell: ({ type }) => nameOf(type),
  },
  {
    id: "station",
    title: "stations.station",
    width: "minmax(120px, 1fr)",
    cell: ({ stationId }) => stationId,
  },
  {
    id: "outcome",
    title: "requestList.outcome",
    width: "minmax(150px, 1fr)",
    cell: (request) => <OutcomeWord request={request} />,
  },
  {
    id: "status",
    title: "requestList.status",
    width: "minmax(90px, 0.7fr)",
    phone: "hidden",
    cell: ({ status }) => status ?? "",
  },
  {
    id: "followUp",
    title: "requestList.followUp",
    width: "minmax(120px, 0.8fr)",
    phone: "hidden",
    cell: ({ followUp }) => <FollowUp followUp={followUp} />,
  },
  {
    id: "by",
    title: "requestList.by",
    width: "minmax(100px, 0.8fr)",
    phone: "hidden",
    cell: ({ requestedBy }) => actorText(requestedBy),
  },
  {
    id: "requestedAt",
    title: "requestList.at",
    width: "120px",
    order: "requestedAt",
    cell: ({ requestedAt }) => <Moment at={requestedAt} />,
  },
];
