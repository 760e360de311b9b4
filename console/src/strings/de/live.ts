import type { Area } from "../area.ts";
import type { live as english } from "../en/live.ts";

export const live: Area<typeof english> = {
  "live.live": "Live",
  "live.connecting": "Verbindet",
  "live.stale": "Veraltet seit {time}",
  "live.staleLong":
    "Was Sie sehen, kann veraltet sein: seit {time} besteht keine Verbindung zum Server. Sie wird von selbst wieder versucht.",
};
