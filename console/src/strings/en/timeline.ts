/** Events and frames of a station, side by side. */
export const timeline = {
  "timeline.title": "Timeline",
  "timeline.events": "Events",
  "timeline.frames": "Frames",
  "timeline.type": "Event",
  "timeline.action": "Action",
  "timeline.searchFor": "Any word in events and frames",
  "timeline.download": "Download JSONL",
  "timeline.downloading": "Stop: {count} so far",
  "timeline.downloadCut":
    "The file holds the {count} newest of a kind; narrow it down for older ones",
  "timeline.loaded": "{count} {count|entry|entries}",
  "timeline.none": "Nothing fits.",
  "timeline.older": "Load older ones",
  "timeline.toStation": "to the station",
  "timeline.fromStation": "from the station",
  "timeline.position": "Replay position",
  "timeline.back": "One step back",
  "timeline.forward": "One step forward",
  "timeline.play": "Replay",
  "timeline.pause": "Pause",
  "timeline.live": "live",
} as const;
