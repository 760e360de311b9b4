/** What a station is busy with, for who asks by a trigger. */
export class Jobs {
  firmware = "Idle";
  signedFirmware: { readonly status: string; readonly requestId?: number } = { status: "Idle" };
  diagnostics = "Idle";
  log: { readonly status: string; readonly requestId?: number } = { status: "Idle" };
  /** Makes the next firmware update fail at this step. */
  firmwareFails: "download" | "installation" | undefined;
  /** Makes the next upload fail. */
  uploadFails = false;
  /** Counts updates: a newer one takes the place of one that still runs. */
  updates = 0;
  /** Certificates, each in PEM, by the use they were installed for. */
  readonly certificates: { readonly use: string; readonly pem: string }[] = [];
  /** A certificate was asked for and has not come yet. */
  isSigning = false;
}
