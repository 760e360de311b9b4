import type { Area } from "../area.ts";
import type { live as english } from "../en/live.ts";

export const live: Area<typeof english> = {
  "live.live": "Live",
  "live.connecting": "Verbinden",
  "live.stale": "Verouderd sinds {time}",
  "live.staleLong":
    "Wat je ziet kan verouderd zijn: sinds {time} is er geen verbinding met de server. Het wordt vanzelf opnieuw geprobeerd.",
};
