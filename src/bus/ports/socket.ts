/** A station's socket as the RPC layer sees it: text frames in order, and an end. */
export interface Socket {
  /** Queues a frame; false when the peer does not read and the buffer is over its limit. */
  send(frame: string): boolean;
  /**
   * Closes with a WebSocket code (RFC 6455 §7.4) and a reason of at most 123 bytes. `unheard`: what
   * the peer sends is not read any more, not even its farewell.
   */
  close(code: number, reason: string, how?: "unheard"): void;
  /** Bytes that the peer has not read yet. */
  buffered(): number;
  /** Undefined while the peer keeps up with reading; else done when it has, or is gone. */
  untilRead(): Promise<void> | undefined;
  /** Stops reading: what the peer sends waits in its own and the system's buffers. */
  pause(): void;
  /** Reads on. */
  resume(): void;
}
