// Stores for tests of rooms that know only the ports.
export { createMemoryEventStore } from "#event-store";
