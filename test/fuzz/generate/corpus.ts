// Real frames: what simulated stations say in some minutes of their day.
import { deskWith, emptyCar } from "#support/fake-csms";

/** Frames of a station, as it wrote them. */
export async function realFrames(): Promise<readonly string[]> {
  const desk = await deskWith({ configuration: { MeterValueSampleInterval: "30" } });
  const { csms, station, time } = desk;
  const [evse] = station.evses;
  if (evse === undefined) throw new Error("the simulated station has no EVSE");
  evse.plugIn(emptyCar);
  await evse.swipe("TAG");
  await time.advance(180_000);
  const answers: unknown[] = [];
  for (const [action, payload] of asked) answers.push(await desk.call(action, payload));
  await evse.swipe("TAG");
  await time.advance(10_000);
  evse.unplug();
  await time.advance(600_000);
  const said = csms.calls.map(({ messageId, action, payload }) =>
    JSON.stringify([2, messageId, action, payload]),
  );
  const answered = answers.map((answer, at) => JSON.stringify([3, `csms-${at + 1}`, answer]));
  return [...new Set([...said, ...answered])];
}

const asked: readonly (readonly [string, Record<string, unknown>])[] = [
  ["GetConfiguration", {}],
  ["TriggerMessage", { requestedMessage: "MeterValues", connectorId: 1 }],
  ["GetCompositeSchedule", { connectorId: 1, duration: 600 }],
  ["GetDiagnostics", { location: "ftp://example.com/logs" }],
  ["UpdateFirmware", { location: "ftp://example.com/fw", retrieveDate: "2026-05-04T10:00:00Z" }],
  [
    "ReserveNow",
    { connectorId: 2, expiryDate: "2099-01-01T00:00:00Z", idTag: "T", reservationId: 1 },
  ],
];
