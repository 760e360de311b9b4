/** A station's own settings. */
export const configuration = {
  "configuration.title": "Configuration",
  "configuration.settings": "Settings of the station",
  "configuration.count": "{count} {count|setting|settings}",
  "configuration.searchFor": "Key or value",
  "configuration.get": "Get from the station",
  "configuration.reboot": "Reboot now",
  "configuration.none": "No setting is known. Get them from the station.",
  "configuration.unknown": "not known to the station",
  "configuration.readonly": "read-only",
  "configuration.changes": "Your changes",
  "configuration.send": "Send {count} {count|change|changes}",
  "configuration.drop": "Drop them",
  "configuration.ofType": "Different from its type",
  "configuration.take": "Take over",
  "configuration.becomes": "becomes",
  "configuration.waits": "waits for its turn",
  "configuration.asking": "the station is asked",
  "configuration.taken": "{count} {count|setting was|settings were} taken.",
  "configuration.takenReboot":
    "{count} {count|setting was|settings were} taken, {reboots} of them from the next boot on.",
} as const;
