/** The connection's socket, as far as our calls need it. */
export interface OutboundSocket {
  readonly send: (text: string) => void;
  /** Bytes that the station has not read yet. */
  readonly unread: () => number;
  /** The station has a newer connection. */
  readonly outrun: () => void;
}
