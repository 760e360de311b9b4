import { getLocalListVersion } from "./get-local-list-version.ts";
import { sendLocalList } from "./send-local-list.ts";

/** Profile LocalAuthListManagement. */
export const localAuthList = {
  GetLocalListVersion: getLocalListVersion,
  SendLocalList: sendLocalList,
};
