// OCPP 1.6: the CSMS numbers transactions; a station knows the number once it was answered.
import { isoOf } from "../instants.ts";
import type { Call, Named, Payload, Reading, Speaker, Speech } from "./speech.ts";

/** How stations of 1.6 speak. */
export const speech16: Speech = {
  protocol: "ocpp1.6",
  traits: ["numbersOfCsms", "meterInMessage"],
  remoteStop: { action: "RemoteStopTransaction", accepted: { status: "Accepted" } },
  speaker: () => new Speaker16(),
};

class Speaker16 implements Speaker {
  readonly numbers = new Map<string, number>();

  boot(): Call {
    const payload = { chargePointVendor: "Acme", chargePointModel: "One" };
    return { action: "BootNotification", payload };
  }

  heartbeat(): Call {
    return { action: "Heartbeat", payload: {} };
  }

  status(evse: number, status: string): Call {
    const payload = { connectorId: evse, errorCode: "NoError", status };
    return { action: "StatusNotification", payload };
  }

  start(said: Parameters<Speaker["start"]>[0]): Call {
    const { session, evse, token, at, wh, reservation } = said;
    const payload = written({
      connectorId: evse,
      idTag: token,
      meterStart: wh,
      reservationId: reservation,
      timestamp: at === undefined ? undefined : isoOf(at),
    });
    return { action: "StartTransaction", payload, starts: session };
  }

  samples({ session, evse, readings }: Parameters<Speaker["samples"]>[0]): Call {
    const payload = written({
      connectorId: evse,
      transactionId: session === undefined ? undefined : this.#numberOf(session),
      meterValue: readings.map(meterValue),
    });
    return { action: "MeterValues", payload };
  }

  stop(said: Parameters<Speaker["stop"]>[0]): Call {
    const { session, token, at, wh, reason, readings } = said;
    const payload = written({
      idTag: token,
      meterStop: wh,
      timestamp: at === undefined ? undefined : isoOf(at),
      transactionId: this.#numberOf(session),
      reason,
      transactionData: readings?.map(meterValue),
    });
    return { action: "StopTransaction", payload };
  }

  hear({ action, starts }: Call, answer: Payload) {
    const { idTagInfo, transactionId, ...rest } = answer;
    const isStart = action === "StartTransaction";
    const wrong = Object.keys(rest).length > 0 || (transactionId !== undefined) !== isStart;
    if (wrong && /Transaction$|^MeterValues$/.test(action)) {
      throw new Error(`${action} was answered ${JSON.stringify(answer)}`);
    }
    const number = transactionId as number | undefined;
    if (starts !== undefined && number !== undefined) this.numbers.set(starts, number);
    return { status: (idTagInfo as Payload | undefined)?.status as string | undefined, number };
  }

  recall(other: Speaker): void {
    if (!(other instanceof Speaker16)) throw new Error("a station of another version");
    for (const [session, number] of other.numbers) this.numbers.set(session, number);
  }

  /** A station that was not answered has no number; those that say −1 then say so in the story. */
  #numberOf(session: Named): number {
    const number = typeof session === "number" ? session : this.numbers.get(session ?? "");
    if (number === undefined) throw new Error(`the station has no number for ${session}`);
    return number;
  }
}

function meterValue({ at, wh, kwh, powerW, context }: Reading): Payload {
  const about = context === undefined ? {} : { context };
  const measurand = "Energy.Active.Import.Register";
  const sampledValue = [
    ...(wh === undefined ? [] : [{ value: String(wh), ...about }]),
    ...(kwh === undefined ? [] : [{ value: kwh, ...about, measurand, unit: "kWh" }]),
    ...(powerW === undefined
      ? []
      : [{ value: String(powerW), measurand: "Power.Active.Import", unit: "W" }]),
  ];
  return written({ timestamp: at === undefined ? undefined : isoOf(at), sampledValue });
}

function written(payload: Payload): Payload {
  return Object.fromEntries(Object.entries(payload).filter(([, value]) => value !== undefined));
}
