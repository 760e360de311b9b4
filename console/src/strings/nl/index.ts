import type { Catalogue } from "../translate.ts";
import { access } from "./access.ts";
import { addOns } from "./add-ons.ts";
import { form } from "./form.ts";
import { health } from "./health.ts";
import { list } from "./list.ts";
import { live } from "./live.ts";
import { messages } from "./messages.ts";
import { overview } from "./overview.ts";
import { problems } from "./problems.ts";
import { requestList } from "./request-list.ts";
import { requests } from "./requests.ts";
import { session } from "./session.ts";
import { shell } from "./shell.ts";
import { station } from "./station.ts";
import { stations } from "./stations.ts";
import { time } from "./time.ts";
import { words } from "./words.ts";

/** Dutch. */
export const nl: Catalogue = {
  ...requestList,
  ...messages,
  ...addOns,
  ...access,
  ...health,
  ...form,
  ...list,
  ...live,
  ...overview,
  ...problems,
  ...requests,
  ...session,
  ...shell,
  ...station,
  ...stations,
  ...time,
  ...words,
};
