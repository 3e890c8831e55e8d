/** The legend entries that a film's map needs, by what it shows. */

const WORDS = {
  wrapped: "wrapped",
  underway: "under way",
  planned: "planned",
  permitted: "permitted",
  rumoured: "rumoured",
  postponed: "postponed",
  suspended: "suspended",
  cancelled: "cancelled",
};

/** `vague`: an outline or a circle of uncertainty shows. */
export function legendOf(stops, vague) {
  const present = new Set(stops.map(({ key }) => key));
  const entries = Object.entries(WORDS)
    .filter(([key]) => present.has(key))
    .map(([key, words]) => ({ mark: `is-status is-${key}`, words }));
  if (stops.some(({ bracket }) => bracket)) entries.push({ mark: "is-bracket", words: "order unknown" });
  if (vague) entries.push({ mark: "is-within", words: "somewhere within" });
  return entries;
}
