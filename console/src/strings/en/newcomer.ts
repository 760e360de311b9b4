/** A new station on its way into the network. */
export const newcomer = {
  "newcomer.title": "A new station wants in",
  "newcomer.before": "The one before",
  "newcomer.next": "The next one",
  "newcomer.count": "{at} of {count}",
  "newcomer.step.accept": "Accepted",
  "newcomer.step.type": "Type known",
  "newcomer.step.configured": "Configured",
  "newcomer.step.boot": "Next boot",
  "newcomer.step.charge": "First charge",
  "newcomer.how.accept": "It may not do anything until you accept it.",
  "newcomer.typeHow":
    "Nobody has described the type {type} yet: which EVSEs and connectors does it have?",
  "newcomer.typeAdd": "Add the type",
  "newcomer.typePage": "On a page of its own",
  "newcomer.noModel": "It has not said yet which type it is; it does with its next boot.",
  "newcomer.how.configured": "Its EVSEs are being taken from its type.",
  "newcomer.how.boot":
    "It is let in when it boots the next time; most do by themselves within minutes.",
  "newcomer.how.charge": "It is ready. Plug in a car, or start a session from its page.",
  "newcomer.in": "It is in: its first session has begun.",
  "newcomer.announced": "Registered, but never connected:",
  "newcomer.allAnnounced": "all of these",
} as const;
