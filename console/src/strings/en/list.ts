/** Every list. */
export const list = {
  "list.search": "Search",
  "list.any": "any",
  "list.clear": "Clear filters",
  "list.without": "Remove filter {filter}",
  "list.empty": "Nothing fits.",
  "list.none": "There is nothing here yet.",
  "list.fromStart": "From the start",
  "list.loaded": "{count} {count|row|rows} loaded",
  "list.more": "more below",
} as const;
