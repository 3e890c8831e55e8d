/**
 * Natural Earth coast lines and countries (world-atlas), as rings in web mercator units:
 * x and y from 0 to 1 over the world, x unrolled across the antimeridian, each with its box.
 */

const VENDOR = new URL("../../vendor/", import.meta.url);
const EDGE = 85.05112878;
const loaded = new Map();

export function mercator(lon, lat) {
  const bounded = Math.max(-EDGE, Math.min(EDGE, lat));
  const angle = (bounded * Math.PI) / 180;
  return [(lon + 180) / 360, 0.5 - Math.log(Math.tan(Math.PI / 4 + angle / 2)) / (2 * Math.PI)];
}

/** Rings that cross 180° arrive with a jump; following them without it keeps false land off the map. */
function unrolled(coordinates) {
  let turn = 0;
  let previous = null;
  return coordinates.map(([lon, lat]) => {
    if (previous !== null && lon - previous > 180) turn -= 360;
    if (previous !== null && lon - previous < -180) turn += 360;
    previous = lon;
    return [lon + turn, lat];
  });
}

function ring(coordinates, closed) {
  const points = unrolled(coordinates);
  const drawn = points.length;
  const [first, last] = [points[0], points[drawn - 1]];
  if (closed && Math.abs(last[0] - first[0]) > 180) {
    const pole = first[1] < 0 ? -90 : 90;
    points.push([last[0], pole], [first[0], pole]);
  }
  const xs = new Float64Array(points.length);
  const ys = new Float64Array(points.length);
  points.forEach(([lon, lat], i) => ([xs[i], ys[i]] = mercator(lon, lat)));
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < xs.length; i++) {
    box[0] = Math.min(box[0], xs[i]);
    box[1] = Math.min(box[1], ys[i]);
    box[2] = Math.max(box[2], xs[i]);
    box[3] = Math.max(box[3], ys[i]);
  }
  // `drawn` leaves out the corners at the pole: they are filled, but no coast runs there.
  return { xs, ys, drawn, box };
}

function polygons(geometry) {
  if (!geometry) return [];
  if (geometry.type === "GeometryCollection") return geometry.geometries.flatMap(polygons);
  return geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
}

async function read(scale) {
  const [answer] = await Promise.all([
    fetch(new URL(`world-atlas/countries-${scale}.json`, VENDOR)),
    import(new URL("topojson-client/topojson-client.min.js", VENDOR).href),
  ]);
  if (!answer.ok) throw new Error(`The basemap answered ${answer.status}.`);
  const topology = await answer.json();
  const { feature, mesh } = globalThis.topojson;
  const { land, countries } = topology.objects;
  const ground = feature(topology, land);
  return {
    land: (ground.features ?? [ground])
      .flatMap((part) => polygons(part.geometry))
      .flat()
      .map((coordinates) => ring(coordinates, true)),
    borders: mesh(topology, countries, (a, b) => a !== b).coordinates.map((line) => ring(line, false)),
    countries: feature(topology, countries).features.map((country) => ({
      name: country.properties.name,
      rings: polygons(country.geometry).map((polygon) => ring(polygon[0], true)),
    })),
  };
}

/** Load one scale, "50m" or "10m", once for all maps of the page. */
export function atlas(scale) {
  if (!loaded.has(scale)) {
    const reading = read(scale);
    reading.catch(() => loaded.delete(scale));
    loaded.set(scale, reading);
  }
  return loaded.get(scale);
}
