import type { Catalogue } from "../translate.ts";
import { access } from "./access.ts";
import { addOns } from "./add-ons.ts";
import { configuration } from "./configuration.ts";
import { form } from "./form.ts";
import { health } from "./health.ts";
import { list } from "./list.ts";
import { map } from "./map.ts";
import { messages } from "./messages.ts";
import { newcomer } from "./newcomer.ts";
import { ocppCall } from "./ocpp-call.ts";
import { overview } from "./overview.ts";
import { problems } from "./problems.ts";
import { requestList } from "./request-list.ts";
import { requests } from "./requests.ts";
import { session } from "./session.ts";
import { sessions } from "./sessions.ts";
import { shell } from "./shell.ts";
import { station } from "./station.ts";
import { stations } from "./stations.ts";
import { time } from "./time.ts";
import { timeline } from "./timeline.ts";
import { tokens } from "./tokens.ts";
import { types } from "./types.ts";
import { words } from "./words.ts";

/** Dutch. */
export const nl: Catalogue = {
  ...access,
  ...addOns,
  ...configuration,
  ...form,
  ...health,
  ...list,
  ...map,
  ...messages,
  ...newcomer,
  ...ocppCall,
  ...overview,
  ...problems,
  ...requestList,
  ...requests,
  ...session,
  ...sessions,
  ...shell,
  ...station,
  ...stations,
  ...time,
  ...timeline,
  ...tokens,
  ...types,
  ...words,
};
