/** Work of which only one node does a part at a time. */
export interface LeasedWork {
  /** Of its lease. */
  readonly name: string;
  /**
   * Begins. `epoch` grows with each holder: what is written with an older one is refused. None:
   * there is only this node.
   */
  start(epoch: number | undefined): void | Promise<void>;
  /** Ends: when it resolves, nothing is under way any more. It may begin again. */
  stop(): Promise<void>;
}
