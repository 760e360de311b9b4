import type { Log } from "#bus";
import { type HostedViews, hostedViews } from "#views";
import type { ProjectorSettings } from "./projector-worker.ts";
import { takeViewsThread } from "./views-thread.ts";

/** Starts the views in a thread of their own; they catch up while the rest comes up. */
export function startViews(settings: ProjectorSettings, log: Log): HostedViews {
  const { worker, port } = takeViewsThread(settings);
  const hosted = hostedViews(port, log);
  worker.on("error", (error) => {
    log.error("the views' thread has failed", { error });
    hosted.lost(error instanceof Error ? error.message : String(error));
  });
  worker.on("exit", () => hosted.lost("it was closed"));
  return {
    ...hosted,
    stop: async () => {
      await hosted.stop();
      await worker.terminate();
    },
  };
}
