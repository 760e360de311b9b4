import type { Scene } from "./scene.ts";
import type { Return } from "./watch.ts";

/** Does something to the scene, and waits until it has got over it. */
export type Disturbance = (scene: Scene) => Promise<Return>;
