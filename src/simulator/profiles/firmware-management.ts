import type { Station } from "../station/station.ts";
import { type Handlers, obey } from "./handler.ts";

type Update = {
  readonly location: string;
  readonly retrieveDate: string;
  readonly retries?: number;
  readonly retryInterval?: number;
};

type Upload = {
  readonly location: string;
  readonly retries?: number;
  readonly retryInterval?: number;
};

const downloadSeconds = 20;
const installSeconds = 20;
const uploadSeconds = 10;
const retrySecondsDefault = 30;

/** OCPP 1.6 FirmwareManagement. Nothing is fetched or sent: the sequence is what counts. */
export const firmwareHandlers: Handlers = {
  UpdateFirmware: obey<Update>((station, request) => ({
    response: {},
    afterwards: () => {
      const wait = Date.parse(request.retrieveDate) - station.now();
      const notify = (status: string) => {
        station.jobs.firmware = isOver(status) ? "Idle" : status;
        station.tell("FirmwareStatusNotification", { status });
      };
      void updateFirmware(station, { ...request, wait, notify });
    },
  })),

  GetDiagnostics: obey<Upload>((station, request) => ({
    response: { fileName: `${station.id}-diagnostics.log`.slice(-255) },
    afterwards: () => {
      void upload(station, request);
    },
  })),
};

/** After these statuses a trigger finds the station idle. */
export const isOver = (status: string): boolean =>
  ["Installed", "InstallationFailed", "DownloadFailed"].includes(status);

/** An update as it runs, plain or signed. */
export interface FirmwareUpdate {
  readonly location: string;
  readonly wait: number;
  readonly retries?: number;
  readonly retryInterval?: number;
  notify(status: string): void;
  /** What a signed update says between download and installation. */
  readonly between?: readonly string[];
}

/** Whether this time it fails: armed by who made the station, or asked for by the file's name. */
function fails(station: Station, step: "download" | "installation", location: string): boolean {
  const isArmed = station.jobs.firmwareFails === step;
  if (isArmed) station.jobs.firmwareFails = undefined;
  return isArmed || location.toLowerCase().includes(`fail-${step}`);
}

/** Downloading … Installed, with a boot of the new version in between. */
export async function updateFirmware(station: Station, update: FirmwareUpdate): Promise<void> {
  const { jobs } = station;
  jobs.updates += 1;
  const number = jobs.updates;
  const isCurrent = () => jobs.updates === number;
  await station.pause(Math.max(0, update.wait));
  if (!isCurrent() || !(await downloaded(station, update, isCurrent))) return;
  for (const status of update.between ?? []) update.notify(status);
  // A driver is not thrown out for an update (§6.19).
  await station.whenIdle();
  if (!isCurrent()) return;
  update.notify("Installing");
  station.isInstalling = true;
  station.updateAll();
  await station.take(installSeconds);
  const failed = fails(station, "installation", update.location);
  if (!failed) {
    station.firmwareVersion = versionAfter(station.firmwareVersion, update.location);
    await station.reboot();
  }
  station.isInstalling = false;
  update.notify(failed ? "InstallationFailed" : "Installed");
  station.updateAll();
}

async function downloaded(
  station: Station,
  update: FirmwareUpdate,
  isCurrent: () => boolean,
): Promise<boolean> {
  const attempts = 1 + Math.max(0, update.retries ?? 0);
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    update.notify("Downloading");
    await station.take(downloadSeconds);
    if (!isCurrent()) return false;
    if (!fails(station, "download", update.location)) {
      update.notify("Downloaded");
      return true;
    }
    update.notify("DownloadFailed");
    if (attempt === attempts) return false;
    await station.take(update.retryInterval ?? retrySecondsDefault);
    if (!isCurrent()) return false;
  }
  return false;
}

/** The version that the file's name says, or the next one. */
function versionAfter(version: string, location: string): string {
  const named = /(\d+\.\d+\.\d+)[^/]*$/.exec(location)?.[1];
  if (named) return named;
  const parts = version.split(".");
  return [...parts.slice(0, -1), Number(parts.at(-1)) + 1].join(".");
}

/** Whether this upload shall fail. */
export function uploadFails(station: Station, location: string): boolean {
  const isArmed = station.jobs.uploadFails;
  station.jobs.uploadFails = false;
  return isArmed || location.toLowerCase().includes("fail-upload");
}

async function upload(station: Station, { location, retries, retryInterval }: Upload) {
  const notify = (status: string) => {
    station.jobs.diagnostics = status === "Uploading" ? status : "Idle";
    station.tell("DiagnosticsStatusNotification", { status });
  };
  const attempts = 1 + Math.max(0, retries ?? 0);
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    notify("Uploading");
    await station.take(uploadSeconds);
    if (!uploadFails(station, location)) {
      notify("Uploaded");
      return;
    }
    notify("UploadFailed");
    if (attempt < attempts) await station.take(retryInterval ?? retrySecondsDefault);
  }
}
