// The console's entry, as small as can be: what it asks for is under way while the rest comes.
import { beginEarly } from "./app/early.ts";

beginEarly();
const { show } = await import("./app/app.tsx");
await show();
