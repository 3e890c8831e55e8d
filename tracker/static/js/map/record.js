/** The film's GeoJSON as stops, areas and legs that the map can work with. */

import { greatCircle, turnedTo } from "./geodesic.js";
import { statusKey } from "./glyphs.js";

const ON_LINE = "stop";

function stopOf({ geometry, properties }) {
  const [lon, lat] = geometry.coordinates;
  return { ...properties, lat, lon, key: statusKey(properties.status), onLine: properties.role === ON_LINE };
}

const linesOf = ({ type, coordinates }) => (type === "MultiLineString" ? coordinates : [coordinates]);

/** Angular distance good enough to say which member of a cluster an end of a line belongs to. */
function apart(stop, [lon, lat]) {
  const turn = Math.abs(((((stop.lon - lon) % 360) + 540) % 360) - 180);
  return Math.hypot(turn * Math.cos((lat * Math.PI) / 180), stop.lat - lat);
}

const nearest = (stops, end) => stops.reduce((a, b) => (apart(b, end) < apart(a, end) ? b : a));

/**
 * One branch per pair of stops that a leg joins: the line that the server sent and, to the other members of a
 * cluster, great circles. Which of them are drawn depends on the scale.
 */
function branchesOf(leg, clusters) {
  const from = clusters.get(`${leg.lane}/${leg.from}`) ?? [];
  const to = clusters.get(`${leg.lane}/${leg.to}`) ?? [];
  if (!from.length || !to.length) return [];
  const sent = leg.lines.map((line) => ({ line, a: nearest(from, line[0]), b: nearest(to, line.at(-1)) }));
  const [{ a, b }] = sent;
  const known = (x, y) => sent.some((branch) => branch.a === x && branch.b === y);
  const fork = (x, y, near) =>
    known(x, y) ? [] : [{ line: greatCircle([x.lon, x.lat], [y.lon, y.lat]), a: x, b: y, near }];
  const forks = [...to.flatMap((y) => fork(a, y, b)), ...from.flatMap((x) => (x === a ? [] : fork(x, b, a)))];
  return [...sent, ...forks].map((branch) => ({
    ...branch,
    leg,
    planned: leg.planned || branch.a.planned || branch.b.planned,
  }));
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
  const clusters = new Map();
  for (const stop of stops.filter(({ onLine }) => onLine)) {
    const key = `${stop.lane}/${stop.number - 1}`;
    clusters.set(key, [...(clusters.get(key) ?? []), stop]);
  }
  const legs = of("leg")
    .filter(({ geometry }) => geometry)
    .map(({ geometry, properties }) => ({ ...properties, lines: linesOf(geometry) }))
    .sort((a, b) => a.from - b.from);
  const branches = legs.flatMap((leg) => branchesOf(leg, clusters));
  unroll(branches);
  const areas = of("area").filter(({ geometry }) => geometry && geometry.type !== "Point");
  return { stops, branches, areas };
}
