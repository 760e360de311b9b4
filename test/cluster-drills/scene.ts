// Several nodes on their engines, stations that charge and operators that ask through all of them.
import { prepareFleet } from "../../bench/fleet.ts";
import { DrillOperator } from "../durability/drill-operator.ts";
import { type DrillStation, stationsOf } from "../durability/drill-station.ts";
import { databasePlace } from "../durability/postgres-place.ts";
import { type Engines, startEngines } from "./engines.ts";
import { createNetwork, type DrillNetwork } from "./network.ts";
import { DrillNode } from "./node.ts";
import type { Pace } from "./pace.ts";

/** What a scene is made of. */
export interface SceneOptions {
  readonly nodes: number;
  readonly stations: number;
  /** Whether NATS carries what nodes tell each other; else PostgreSQL does. */
  readonly bus: boolean;
  /** Whether nodes have a network of their own. */
  readonly network: boolean;
  readonly pace: Pace;
}

/** Where everything happens. */
export interface Scene {
  readonly pace: Pace;
  readonly apiKey: string;
  readonly engines: Engines;
  readonly network: DrillNetwork | undefined;
  readonly place: ReturnType<typeof databasePlace>;
  /** Those that belong to the cluster now. */
  readonly nodes: DrillNode[];
  readonly stations: readonly DrillStation[];
  readonly operators: readonly DrillOperator[];
  /** Ends when stations and operators have finished. */
  readonly runs: Promise<unknown>;
  /** One more node, which nobody is sent to yet. */
  addNode(): Promise<DrillNode>;
  /** What a balancer does: where stations connect, and operators ask, from now on. */
  route(to: { readonly stations: readonly DrillNode[]; readonly apis: readonly DrillNode[] }): void;
  close(): Promise<void>;
}

const apiKey = "drill-key-of-several-nodes";

/** Starts all of it; the stations charge when it is there. */
export async function openScene(options: SceneOptions): Promise<Scene> {
  const { pace } = options;
  const network = options.network ? createNetwork() : undefined;
  const all: DrillNode[] = [];
  const people: (DrillStation | DrillOperator)[] = [];
  let engines: Engines | undefined;
  const close = async () => {
    for (const one of people) one.abandon();
    await Promise.all(all.map((node) => node.remove()));
    await engines?.close();
    network?.remove();
  };
  try {
    engines = await startEngines({ bus: options.bus, network });
    const place = databasePlace({ url: engines.databaseUrl, query: engines.database.query });
    const bus = engines.busUrl === undefined ? {} : { MOTOWN_BUS: engines.busUrl };
    const environment = { ...place.environment, ...bus, ...pace.environment };
    const addNode = async () => {
      const node = new DrillNode({
        ...{ name: `n${all.length + 1}`, apiKey, environment },
        place: network?.addPlace(),
      });
      all.push(node);
      await node.start();
      return node;
    };
    // All at once, on an empty database: so does whoever starts a cluster.
    const nodes = await allOf(Array.from({ length: options.nodes }, addNode));
    const { addresses, route } = createBalancer();
    route({ stations: nodes, apis: nodes });
    await prepareFleet(firstOf(nodes).server, options.stations);
    const crowd = { ...options, ...addresses };
    const stations = stationsIn(crowd);
    const operators = operatorsIn(crowd, stations);
    people.push(...stations, ...operators);
    const runs = Promise.all(people.map((one) => one.run()));
    // Whatever ends a run early is seen when all are waited for; it is not unhandled until then.
    runs.catch(() => undefined);
    const scene = { pace, apiKey, engines, network, place, nodes, stations, operators, runs };
    return { ...scene, addNode, route, close };
  } catch (error) {
    const said = all.map((node) => node.crash().join("\n")).join("");
    await close();
    throw said === "" ? error : new Error(said, { cause: error });
  }
}

/** Fails only when none of them is under way any more. */
async function allOf<One>(works: readonly Promise<One>[]): Promise<One[]> {
  await Promise.allSettled(works);
  return Promise.all(works);
}

interface Addresses {
  readonly stationUrls: readonly string[];
  readonly apiUrls: readonly string[];
}

function createBalancer(): { readonly addresses: Addresses; readonly route: Scene["route"] } {
  const addresses = { stationUrls: [] as string[], apiUrls: [] as string[] };
  const replace = (list: string[], values: readonly string[]) => {
    list.splice(0, list.length, ...values);
  };
  return {
    addresses,
    route: ({ stations, apis }) => {
      replace(
        addresses.stationUrls,
        stations.map(({ server }) => server.stationUrl),
      );
      replace(
        addresses.apiUrls,
        apis.map(({ server }) => server.apiUrl),
      );
    },
  };
}

function stationsIn({ pace, stations, stationUrls }: SceneOptions & Addresses): DrillStation[] {
  const { answerWithinMs, reconnectMs, pauseMs } = pace;
  const times = { answerWithinMs, reconnectMs, pauseMs };
  return stationsOf({ ...times, count: stations, stationUrls, hangUpWhenLate: true });
}

/** One for each node, so that none waits long for its turn. */
function operatorsIn(
  { pace, nodes, apiUrls }: SceneOptions & Addresses,
  stations: readonly DrillStation[],
): DrillOperator[] {
  return Array.from({ length: nodes }, (_none, at) => {
    const names = stations.filter((_station, number) => number % nodes === at);
    return new DrillOperator({
      ...{ name: `op${at + 1}`, apiUrls, apiKey, answerWithinMs: pace.answerWithinMs },
      stationIds: names.map(({ stationId }) => stationId),
      betweenMs: pace.pauseMs,
      deadlineSeconds: pace.requestDeadlineSeconds,
    });
  });
}

/** The first of some. */
export function firstOf<One>(list: readonly One[]): One {
  const [first] = list;
  if (first === undefined) throw new Error("there is none");
  return first;
}
