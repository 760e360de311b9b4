import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { clientOf } from "./client.ts";

type Request = Pick<IncomingMessage, "socket" | "headers">;

function requestFrom(remoteAddress: string | undefined, headers: Request["headers"]): Request {
  return { socket: { remoteAddress } as IncomingMessage["socket"], headers };
}

const isProxy = (address: string) => address.startsWith("10.");

describe("the client of a request", () => {
  it.each([
    ["10.0.0.1", "203.0.113.7", "203.0.113.7"],
    ["10.0.0.1", "203.0.113.7, 10.0.0.2", "203.0.113.7"],
    ["10.0.0.1", "203.0.113.7:49152", "203.0.113.7"],
    ["10.0.0.1", "[2001:db8::7]:49152", "2001:db8::7"],
    ["10.0.0.1", "2001:db8::7", "2001:db8::7"],
    // What the client wrote itself stands on the left, and is not looked at.
    ["10.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"],
    ["10.0.0.1", "203.0.113.7, nonsense, 10.0.0.2", "10.0.0.2"],
    ["10.0.0.1", "10.0.0.2, 10.0.0.3", "10.0.0.2"],
    ["10.0.0.1", "", "10.0.0.1"],
    ["10.0.0.1", undefined, "10.0.0.1"],
    // A stranger may say what he likes.
    ["203.0.113.9", "10.0.0.1", "203.0.113.9"],
  ])("behind %s that says %s is %s", (peer, forwarded, address) => {
    const headers = forwarded === undefined ? {} : { "x-forwarded-for": forwarded };
    expect(clientOf(requestFrom(peer, headers), isProxy).address).toBe(address);
  });

  it("is the socket's other end where no proxy is trusted", () => {
    const headers = { "x-forwarded-for": "203.0.113.7", "x-forwarded-proto": "https" };
    const request = requestFrom("10.0.0.1", headers);
    expect(clientOf(request)).toEqual({ address: "10.0.0.1", encrypted: false });
    expect(clientOf(requestFrom(undefined, headers)).address).toBe("unknown");
  });

  it.each([
    ["https", true],
    ["http", false],
    // The entry of the nearest proxy is the last one.
    ["https, http", false],
    [undefined, false],
  ])("speaks TLS if a trusted proxy says %s", (proto, encrypted) => {
    const headers = proto === undefined ? {} : { "x-forwarded-proto": proto };
    expect(clientOf(requestFrom("10.0.0.1", headers), isProxy).encrypted).toBe(encrypted);
    expect(clientOf(requestFrom("203.0.113.9", headers), isProxy).encrypted).toBe(false);
  });
});
