// What a node listens with: the API's server, the gateway on it, the doors beside it.
import type { AddressInfo } from "node:net";
import { createGateway, type Gateway, versions } from "#ocpp";
import { createOperatorApi } from "#operator-api";
import { views } from "#views";
import { apiPortsOf } from "./api-ports.ts";
import { consoleTiles } from "./console-tiles.ts";
import { type Doors, openDoors, sharedPort } from "./doors.ts";
import type { House } from "./house.ts";
import { operationOf } from "./nodes/operation.ts";
import { whyElsewhere } from "./nodes/roles.ts";
import { isTrustedProxyOf } from "./settings.ts";

type Api = Awaited<ReturnType<typeof createOperatorApi>>;

/** A node's servers, which do not listen yet. */
export interface Serving {
  readonly api: Api;
  readonly gateway: Gateway;
  /** Takes what comes from now on. */
  listen(): Promise<void>;
  /** Takes no more stations, and sends away those that are here. */
  drain(): Promise<void>;
  /** Takes nothing more, finishes what is in flight, and is gone. */
  close(): Promise<void>;
}

/** Makes them. The gateway attaches to the API's server, and the API shows what it knows. */
export async function createServing(house: House): Promise<Serving> {
  const { settings, environment, stores, bus, access, rpc, cluster } = house;
  const isTrustedProxy = isTrustedProxyOf(settings);
  const holder: { gateway?: Gateway } = {};
  const api = await createOperatorApi({
    ...environment,
    ...{ bus, store: stores.events, frames: stores.frames, access },
    ...{ queries: house.views, views, elsewhere: whyElsewhere(settings, "api") },
    isTrustedProxy,
    ...apiPortsOf({ ...house, gatewayOf: () => holder.gateway }),
    operation: operationOf(house),
    addOns: house.addOns.installed,
    tiles: consoleTiles(settings),
  });
  const { requirePasswords, defaultProtocol, publicUrl } = settings;
  const elsewhere = whyElsewhere(settings, "gateway");
  const gateway = createGateway({
    ...environment,
    ...{ bus, rpc, versions, store: stores.events, server: api.server, cluster },
    settings: {
      ...{ node: cluster.node, requirePasswords, defaultProtocol, publicUrl, elsewhere },
      isTrustedProxy,
    },
  });
  holder.gateway = gateway;
  // A browser or a wrong client at a station's address is told what belongs there.
  api.all("/ocpp/*", { schema: { hide: true } }, (request, reply) => {
    reply.hijack();
    gateway.refusePlain(request.raw, reply.raw);
  });
  let doors: Doors | undefined;
  return {
    api,
    gateway,
    listen: async () => {
      const { acceptBacklogMax: backlog, acceptsPerTurn: count } = environment.limits;
      const listen = { port: settings.port, host: settings.host, backlog };
      await api.listen(await sharedPort(listen));
      doors = await openDoors(api.server, { ...listen, count });
      house.life.isUp = true;
      house.life.port = (api.server.address() as AddressInfo).port;
    },
    drain: () => gateway.drain(),
    close: async () => {
      const { clock, limits } = environment;
      // From here on nobody else looks after sockets that say nothing, or nothing whole.
      const cutOff = clock.after(limits.drainMs, () => api.server.closeAllConnections());
      await Promise.all([doors?.close(), api.close()]);
      cutOff();
    },
  };
}
