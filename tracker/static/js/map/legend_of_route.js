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

const UNITS = {
  main: "main unit",
  second: "second unit",
  aerial: "aerial unit",
  pickup: "pickups",
  reshoot: "reshoots",
  unknown: "unit unknown",
};

/** `vague`: an outline or a circle of uncertainty shows. With several units each has its own line. */
export function legendOf(stops, branches, vague) {
  const present = new Set(stops.map(({ key }) => key));
  const entries = Object.entries(WORDS)
    .filter(([key]) => present.has(key))
    .map(([key, words]) => ({ mark: `is-status is-${key}`, words }));
  if (stops.some(({ bracket }) => bracket)) entries.push({ mark: "is-bracket", words: "order unknown" });
  const lanes = new Set(branches.map(({ leg }) => leg.lane));
  if (lanes.size > 1)
    for (const [lane, words] of Object.entries(UNITS))
      if (lanes.has(lane)) entries.push({ mark: `is-lane is-lane-${lane}`, words });
  if (vague) entries.push({ mark: "is-within", words: "somewhere within" });
  return entries;
}
