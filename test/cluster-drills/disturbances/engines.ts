import { setTimeout as wait } from "node:timers/promises";
import type { Disturbance } from "../disturbance.ts";
import { returned, toldCount } from "../watch.ts";

/** PostgreSQL is cut off as if by its power, and comes back. Meanwhile nobody is told anything. */
export const database: Disturbance = async (scene) => {
  const { engines, pace, stations } = scene;
  await engines.postgres.stop("immediate");
  // What had been committed before may still be on its way to who asked for it.
  await wait(pace.outageMs / 2);
  const toldBefore = toldCount(scene);
  await wait(pace.outageMs / 2);
  const told = toldCount(scene) - toldBefore;
  const findings = told === 0 ? [] : [`${told} were acknowledged while there was no database`];
  await engines.postgres.start();
  const since = performance.now();
  const result = await returned(scene, { stations, since, sockets: false });
  return { ...result, findings: [...findings, ...result.findings] };
};

/** NATS dies, and comes back. Stations are served all the time. */
export const bus: Disturbance = async (scene) => {
  const { engines, pace, stations } = scene;
  const { nats } = engines;
  if (nats === undefined) throw new Error("this drill has no NATS to kill");
  const since = performance.now();
  await nats.stop("killed");
  await wait(pace.outageMs);
  const during = await returned(scene, { stations, since, sockets: false });
  await nats.start();
  return during;
};
