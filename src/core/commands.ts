import type { TSchema } from "@sinclair/typebox";
import type { AddOnCommands } from "./add-on/index.ts";
import type { ApiKeyCommands } from "./api-key/index.ts";
import type { StationCommands } from "./charging-station/index.ts";
import type { DataOf } from "./kernel/decider.ts";
import type { Command, StreamName } from "./kernel/message.ts";
import type { MeterCommands } from "./meter/index.ts";
import type { StationTypeCommands } from "./station-type/index.ts";
import { type StationKey, streams } from "./streams.ts";
import type { TokenCommands } from "./token/index.ts";
import type { TransactionCommands } from "./transaction/index.ts";
import type { UserCommands } from "./user/index.ts";

/** Writes commands of one kind of stream: the name is checked, and the data against its shape. */
function commandsOf<Rows extends Readonly<Record<string, { readonly data: TSchema }>>>(
  stream: (key: string) => StreamName,
) {
  return <T extends keyof Rows & string>(key: string, type: T, data: DataOf<Rows, T>): Command => ({
    stream: stream(key),
    type,
    data,
  });
}

/** A command to a station's stream. */
export const toChargingStation: <T extends keyof StationCommands & string>(
  key: StationKey,
  type: T,
  data: DataOf<StationCommands, T>,
) => Command = commandsOf<StationCommands>(streams.chargingStation);

export const toTransaction = commandsOf<TransactionCommands>(streams.transaction);
export const toMeter = commandsOf<MeterCommands>(streams.meter);
export const toToken = commandsOf<TokenCommands>(streams.token);
export const toStationType = commandsOf<StationTypeCommands>(streams.stationType);
export const toUser = commandsOf<UserCommands>(streams.user);
export const toApiKey = commandsOf<ApiKeyCommands>(streams.apiKey);
export const toAddOn = commandsOf<AddOnCommands>(streams.addOn);
