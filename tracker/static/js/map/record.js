/** The film's GeoJSON as stops, areas and legs that the map can work with. */

import { statusKey } from "./glyphs.js";

const ON_LINE = "stop";

function stopOf({ geometry, properties }) {
  const [lon, lat] = geometry.coordinates;
  return { ...properties, lat, lon, key: statusKey(properties.status), onLine: properties.role === ON_LINE };
}

const linesOf = ({ type, coordinates }) => (type === "MultiLineString" ? coordinates : [coordinates]);

/** One branch for each line of a leg: the server sends a scattered cluster's leg forked, a line to each member. */
function branchesOf({ geometry, properties }, byShoot) {
  const [a, b] = [byShoot.get(properties.from_stop), byShoot.get(properties.to_stop)];
  if (!geometry || !a || !b) return [];
  return linesOf(geometry).map((line) => ({ line, a, b, leg: properties, planned: properties.planned }));
}

/** Shift a line by whole turns so that it starts next to that longitude. */
function turnedTo(line, lon) {
  const turn = 360 * Math.round((lon - line[0][0]) / 360);
  return turn ? line.map(([x, y]) => [x + turn, y]) : line;
}

/** Carry stops and lines over the antimeridian together, in the order of the route. */
function unroll(branches) {
  const carried = new Set();
  for (const branch of branches) {
    const { a, b } = branch;
    branch.line = turnedTo(branch.line, a.lon);
    carried.add(a);
    if (!carried.has(b)) b.lon += 360 * Math.round((branch.line.at(-1)[0] - b.lon) / 360);
    carried.add(b);
  }
}

export function readRecord(collection) {
  const of = (role) => collection.features.filter(({ properties }) => properties.role === role);
  const stops = ["stop", "floater", "undated", "ghost"]
    .flatMap(of)
    .filter(({ geometry }) => geometry?.type === "Point")
    .map(stopOf);
  const byShoot = new Map(stops.filter(({ onLine }) => onLine).map((stop) => [stop.shoot, stop]));
  const branches = of("leg")
    .sort((a, b) => a.properties.from - b.properties.from)
    .flatMap((leg) => branchesOf(leg, byShoot));
  unroll(branches);
  const areas = of("area").filter(({ geometry }) => geometry && geometry.type !== "Point");
  const middle = stops.length
    ? (Math.min(...stops.map(({ lon }) => lon)) + Math.max(...stops.map(({ lon }) => lon))) / 2
    : 0;
  return { stops, branches, areas, middle };
}

/** Move the whole route to the copy of the world that is looked at; true when it moved. */
export function carry(record, lookedAt) {
  const turn = 360 * Math.round((lookedAt - record.middle) / 360);
  if (!turn) return false;
  record.middle += turn;
  for (const stop of record.stops) stop.lon += turn;
  for (const branch of record.branches) branch.line = branch.line.map(([lon, lat]) => [lon + turn, lat]);
  return true;
}
