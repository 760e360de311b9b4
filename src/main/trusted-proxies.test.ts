import { describe, expect, it } from "vitest";
import { trustedProxiesOf } from "./trusted-proxies.ts";

function trusts(setting: string | undefined, address: string): boolean {
  const read = trustedProxiesOf(setting);
  if ("wrong" in read) throw new Error(read.wrong);
  return read.isTrusted(address);
}

describe("trusted proxies", () => {
  it.each([
    ["10.1.2.3", "10.1.2.3"],
    ["10.0.0.0/8", "10.255.0.1"],
    ["10.0.0.0/8, 192.168.7.0/24", "192.168.7.9"],
    ["10.0.0.0/8 fd00::/8", "fd00::7"],
    ["0.0.0.0/0", "203.0.113.7"],
    ["loopback", "127.0.0.1"],
    ["loopback", "::1"],
    ["private", "172.31.0.2"],
    // What a socket that listens for both families calls an IPv4 address.
    ["10.0.0.0/8", "::ffff:10.1.2.3"],
  ])("%s are believed at %s", (setting, address) => {
    expect(trusts(setting, address)).toBe(true);
  });

  it.each([
    [undefined, "127.0.0.1"],
    ["", "127.0.0.1"],
    ["10.1.2.3", "10.1.2.4"],
    ["10.0.0.0/8", "11.0.0.1"],
    ["private", "172.32.0.1"],
    ["private", "unknown"],
    ["fd00::/8", "fe00::1"],
  ])("%s are not believed at %s", (setting, address) => {
    expect(trusts(setting, address)).toBe(false);
  });

  const wrong = [
    "10.0.0.0/33",
    "fd00::/129",
    "10.0.0.0/",
    "10.0.0.0/8/8",
    "10.0.0",
    "proxy.example",
  ];
  it.each([...wrong, "constructor", "__proto__"])("%s is no proxy", (setting) => {
    expect(trustedProxiesOf(`loopback, ${setting}`)).toEqual({ wrong: setting });
  });
});
