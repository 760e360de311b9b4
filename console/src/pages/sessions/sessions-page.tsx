import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { addressOf } from "../../api/call.ts";
import { useAddress } from "../../app/use-address.ts";
import type { Session } from "../../charging/session-words.tsx";
import { Icon } from "../../parts/icon.tsx";
import { PagedList } from "../../parts/list/paged-list.tsx";
import { PageHead } from "../../parts/page-head.tsx";
import { useText } from "../../strings/language.ts";
import { exportQuery, isNarrowed, names } from "./filters.ts";
import { GoingOn } from "./going-on.tsx";
import { columnsOf } from "./session-columns.tsx";
import { SessionFilters } from "./session-filters.tsx";
import classes from "./sessions-page.module.css";

/** All sessions: what goes on first, then what has been; or what somebody looks for. */
export function SessionsPage(): ReactNode {
  const t = useText();
  const { search } = useAddress();
  const isWhole = !isNarrowed(search);
  return (
    <>
      <PageHead title={t("sessions.title")} actions={<TakeAway />} />
      <SessionFilters />
      {isWhole && <GoingOn />}
      <div className={classes.list}>
        <PagedList<Session>
          // What is asked otherwise is another list.
          key={String(isWhole)}
          operation="getTransactions"
          {...(isWhole ? { fixed: { over: "true" } } : {})}
          filters={names}
          columns={columnsOf(search.state)}
          keyOf={({ transactionId }) => transactionId}
          target={({ transactionId }) => ({ page: "session", params: { transactionId } })}
          order="-startedAt"
          label={t(isWhole ? "sessions.overTitle" : "sessions.title")}
        />
      </div>
    </>
  );
}

/** The whole of the list as a file; the browser writes it as it comes. */
function TakeAway(): ReactNode {
  const t = useText();
  const { search } = useAddress();
  return (
    <Button
      component="a"
      variant="default"
      href={addressOf("getTransactionsCsv", { query: exportQuery(search) })}
      download
      leftSection={<Icon name="download" size={14} />}
    >
      {t("sessions.export")}
    </Button>
  );
}
