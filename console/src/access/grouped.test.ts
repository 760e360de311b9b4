import { expect, it } from "vitest";
import { grouped } from "./grouped.ts";

it("keeps the API's order of groups, and puts names in order", () => {
  const given = [
    { permission: "AllPermissions", about: "everything" },
    { permission: "RequestReset", about: "charging-station" },
    { permission: "SetToken", about: "token" },
    { permission: "AcceptChargingStation", about: "charging-station" },
  ];
  expect(grouped(given)).toEqual([
    { group: "everything", items: ["AllPermissions"] },
    { group: "charging station", items: ["AcceptChargingStation", "RequestReset"] },
    { group: "token", items: ["SetToken"] },
  ]);
});
