// Stores for tests of rooms that know only the ports.
export { createMemoryEventStore, createMemoryFrameLog } from "#event-store";
