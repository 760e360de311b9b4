// OCPP 1.6 certification of a CSMS: basic authentication, choice of the subprotocol.
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { type ConformanceHouse, conformanceHouse } from "#support/conformance";

let house: ConformanceHouse;
beforeAll(async () => {
  house = await conformanceHouse();
});
afterEach(() => house.judge());
afterAll(() => house.stop());

const attemptsOf = (stationId: string) =>
  house.list(`/api/v1/connection-attempts?stationId=${stationId}`);
const connection = async (stationId: string) =>
  (await house.get(`/api/v1/charging-stations/${stationId}`)).connection;

it("TC_085_CSMS basic authentication: without or with a wrong password 401, else it boots", async () => {
  await house.admit("S085");
  const path = "/api/v1/charging-stations/S085/password";
  const set = await house.api("PUT", path, { password: "0123456789abcdefABCD" });
  expect(set.status).toBe(204);
  await expect(house.connect("S085")).rejects.toMatchObject({ code: 401 });
  const wrong = { password: "0123456789abcdefABCE" };
  await expect(house.connect("S085", wrong)).rejects.toMatchObject({ code: 401 });
  expect(await connection("S085")).toMatchObject({ connected: false });
  const attempts = await attemptsOf("S085");
  expect(attempts).toMatchObject([
    { status: 401, reason: "The station's password is wrong.", stationId: "S085" },
    { status: 401, reason: "The station sent no password.", stationId: "S085" },
  ]);
  for (const { workingUrl } of attempts) expect(workingUrl).toBe(`${house.wireUrl}/S085`);
  const station = await house.connect("S085", { password: "0123456789abcdefABCD" });
  expect(await station.boot()).toMatchObject({ status: "Accepted" });
  expect(await connection("S085")).toMatchObject({ connected: true });
});

it("TC_085_CSMS a new password replaces the old one; none of them is to be seen", async () => {
  await house.admit("S085-NEW");
  const path = "/api/v1/charging-stations/S085-NEW/password";
  const first = await house.api<{ password: string }>("PUT", path, {});
  const second = await house.api<{ password: string }>("PUT", path, {});
  const { password } = second.body;
  const old = { password: first.body.password };
  await expect(house.connect("S085-NEW", old)).rejects.toMatchObject({ code: 401 });
  const station = await house.connect("S085-NEW", { password });
  expect(await station.boot()).toMatchObject({ status: "Accepted" });
  const { body } = await house.api<string>("GET", "/api/v1/events?after=0-0&limit=500");
  expect(String(body)).toContain("StationPasswordSet");
  const told = [body, await attemptsOf("S085-NEW"), house.log.lines];
  for (const secret of [password, old.password]) {
    expect(JSON.stringify(told)).not.toContain(secret);
  }
});

it("TC_088_CSMS only unknown subprotocols: refused; a known one among others: that one", async () => {
  await house.admit("S088");
  const unknown = { protocols: ["ocpp9.9", "soap"], strict: false };
  await expect(house.connect("S088", unknown)).rejects.toMatchObject({ code: 400 });
  expect(await attemptsOf("S088")).toMatchObject([
    { status: 400, reason: "the station offers ocpp9.9, soap; Motown speaks ocpp1.6" },
  ]);
  const several = { protocols: ["ocpp9.9", "ocpp1.6", "soap"], strict: false };
  const station = await house.connect("S088", several);
  expect(station.protocol).toBe("ocpp1.6");
  expect(await station.boot()).toMatchObject({ status: "Accepted" });
  expect(await connection("S088")).toMatchObject({ connected: true, protocol: "ocpp1.6" });
});
