// A call that somebody writes out: the payload is shaped by OCPP, what is around it by the API.
import type { Issue, Shape } from "../../parts/form/shape.ts";

/** The API's name of the request that carries any call of OCPP. */
export const ocppCall = "RequestOcppCall";

/** The payload's members are shaped by the action, and the action is chosen. */
const own = ["type", "action", "payload"];

/** What else the request takes: how long it is waited for. */
export function aroundOf(shape: Shape): Shape {
  const { properties = {}, required = [] } = shape;
  return {
    type: "object",
    properties: Object.fromEntries(
      Object.entries(properties).filter(([name]) => !own.includes(name)),
    ),
    required: required.filter((name) => !own.includes(name)),
  };
}

/** What the API found wrong with a call, by place: in the payload, or around it. */
export function placed(issues: readonly Issue[]): {
  readonly payload: readonly Issue[];
  readonly around: readonly Issue[];
} {
  const isInside = ({ path }: Issue) => path === "/payload" || path.startsWith("/payload/");
  return {
    payload: issues.filter(isInside).map(({ path, message }) => ({
      path: path.slice("/payload".length) || "/",
      message,
    })),
    around: issues.filter((issue) => !isInside(issue)),
  };
}

/** The protocol whose calls a station takes: that of its last boot, else the first there is. */
export function protocolOf(
  station: { readonly protocol?: string | undefined },
  spoken: readonly string[],
): string | undefined {
  const { protocol } = station;
  return protocol !== undefined && spoken.includes(protocol) ? protocol : spoken[0];
}
