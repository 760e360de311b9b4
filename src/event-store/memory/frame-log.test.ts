import { frameLogContract } from "#support/event-store/frame-log-contract";
import { createMemoryFrameLog } from "./frame-log.ts";

frameLogContract("memory", async (limits) => {
  const log = createMemoryFrameLog(limits);
  return { log, dispose: () => log.close() };
});
