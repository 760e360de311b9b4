// The views in a database that all nodes share, as one life of a node has them: what
// `src/event-store/postgres/views` promises, on the world's view files.
import { CheckpointMoved, LeaseOver, type ViewStore } from "#bus";
import type { TenureCheck } from "../checks/tenures.ts";
import type { EngineLine } from "./engine-line.ts";
import type { Life } from "./life.ts";
import type { ViewFiles } from "./view-files.ts";

interface SharedParts {
  readonly node: string;
  readonly life: Life;
  readonly line: EngineLine;
  readonly tenures: TenureCheck;
}

type Batch = Parameters<ViewStore["commit"]>[0];

/** The end of one life of a node. */
export function sharedViewStore(files: ViewFiles, parts: SharedParts): ViewStore {
  const { life, line } = parts;
  /** Where the store stood when this end last read or wrote it. */
  let believed: number | undefined;
  const over = <T>(ask: () => Promise<T>): Promise<T> =>
    life.outlived(line.carry(() => files.inTurn(ask)));
  const checkpoint = async (): Promise<number> => {
    believed = await over(() => files.current.store.checkpoint());
    return believed;
  };
  return {
    dialect: files.current.store.dialect,
    migrate: (tables) => over(() => files.migrate(tables)),
    get: (table, key) => over(() => files.current.store.get(table, key)),
    getMany: (table, keys) => over(() => files.current.store.getMany(table, keys)),
    commit: async (batch) => {
      const position = believed ?? (await checkpoint());
      await over(() => committed(files, { batch, position, ...parts }));
      believed = batch.checkpoint;
    },
    claim: async (epoch) => {
      await over(async () => hold(files, epoch));
      // Whoever led them before may have come farther.
      believed = undefined;
    },
    checkpoint,
    query: (query) => over(() => files.current.store.query(query)),
    clear: async () => {
      await over(() => files.clear());
      believed = 0;
    },
    close: async () => {},
  };
}

/** Nobody of an older epoch writes any more once this is done. */
function hold(files: ViewFiles, epoch: number): void {
  if (epoch < files.epoch) throw new LeaseOver(epoch, files.epoch);
  files.epoch = epoch;
}

async function committed(
  files: ViewFiles,
  given: SharedParts & { readonly batch: Batch; readonly position: number },
): Promise<void> {
  const { batch, position, node, tenures } = given;
  const { epoch } = batch;
  if (epoch !== undefined) hold(files, epoch);
  const stands = await files.current.store.checkpoint();
  if (stands !== position) throw new CheckpointMoved(`it stands at ${stands}, not at ${position}`);
  await files.commit({ changes: batch.changes, checkpoint: batch.checkpoint });
  tenures.led(node, { epoch, newest: files.epoch });
}
