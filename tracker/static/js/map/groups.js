/** Stops that would lie on top of each other at this zoom become one pill. */

const DISC = 30; // px: a disc with its ring and a little air
const PER_NUMBER = 19;

const BESIDE = { floater: "–", undated: "?", ghost: "–" };

/** What the marker says for a stop: its number, or the sign of what stands beside the line. */
export const signOf = ({ number, role }) => String(number ?? BESIDE[role] ?? "·");

const numbersOf = (stops) => [...new Set(stops.map(signOf))];

function describe(members) {
  const stops = [...members].sort((a, b) => (a.number ?? Infinity) - (b.number ?? Infinity) || 0);
  const group = { stops };
  group.numbers = numbersOf(stops);
  group.width = DISC + (group.numbers.length - 1) * PER_NUMBER;
  group.bracket = group.numbers.length === 1 && stops.every((stop) => stop.bracket);
  const keys = new Set(stops.map(({ key }) => key));
  group.status = keys.size === 1 ? [...keys][0] : "mixed";
  group.x = stops.reduce((sum, stop) => sum + stop.x, 0) / stops.length;
  group.y = stops.reduce((sum, stop) => sum + stop.y, 0) / stops.length;
  return group;
}

const touch = (a, b, slack) =>
  Math.abs(a.x - b.x) < (a.width + b.width) / 2 - slack && Math.abs(a.y - b.y) < DISC - 2 - slack;

/** `stops` carry their px as x and y; `slack`: px that two may overlap. Groups keep the order of the stops. */
export function grouped(stops, slack = 0) {
  let groups = stops.map((stop) => describe([stop]));
  for (let merged = true; merged;) {
    merged = false;
    for (let i = 0; i < groups.length && !merged; i++) {
      const j = groups.findIndex((other, k) => k > i && touch(groups[i], other, slack));
      if (j < 0) continue;
      groups[i] = describe([...groups[i].stops, ...groups[j].stops]);
      groups = groups.filter((_, k) => k !== j);
      merged = true;
    }
  }
  return groups;
}

/** The largest set of four stops or more within `px` of each other, or null. */
export function crowd(stops, px = 60) {
  let best = null;
  for (const stop of stops) {
    const near = stops.filter((other) => Math.hypot(other.x - stop.x, other.y - stop.y) <= px / 2);
    if (near.length >= 4 && near.length > (best?.length ?? 0)) best = near;
  }
  const places = new Set(best?.map(({ lat, lon }) => `${lat},${lon}`));
  return places.size >= 3 ? best : null;
}

/** What the places have in common: "Rauma, Stranda", "England", "Italy". `apart`: rather each on its own line. */
export function sharedName(stops, apart = false) {
  const names = [...new Set(stops.map(({ name }) => name))];
  if (names.length === 1) return names[0];
  if (names.length === 2 && names.join(", ").length <= 24) return names.join(", ");
  if (apart && names.length <= 3) return names.join("\n");
  const wholes = stops.map(({ where }) =>
    String(where ?? "")
      .split(", ")
      .reverse(),
  );
  let shared = "";
  for (let i = 0; wholes.every((parts) => parts[i] && parts[i] === wholes[0][i]); i++) shared = wholes[0][i];
  return shared || `${names.length} places`;
}

const TIMES = ["", "once", "twice"];

export function underName(group, inset) {
  const { stops } = group;
  if (group.bracket) return "order unknown";
  if (inset) return "see inset";
  const [first] = stops;
  if (stops.length > 1) {
    const same = stops.every(({ name, onLine }) => onLine && name === first.name);
    return same ? (TIMES[stops.length] ?? `${stops.length} times`) : "";
  }
  const dates = first.dates_short ?? "";
  const words = first.planned && !/planned/.test(dates) ? `planned, ${dates}` : dates;
  return words.length <= 24 ? words : "";
}
