import { type Answer, call } from "../../api/call.ts";
import { Refused } from "../../api/problem.ts";

/** The token of a value, if it is one of ours. */
export async function findToken(uid: string): Promise<Answer<"getTokensByUid"> | undefined> {
  try {
    return await call("getTokensByUid", { params: { uid: uid.trim() } });
  } catch (error) {
    if (error instanceof Refused && error.refusal.code === "TokenNotFound") return undefined;
    throw error;
  }
}
