/** The corners of a shape as text, one "lat, lon" a line; the server's reader is foundation/geometry/vertices.py. */

const PAIR = /^([-+]?\d+(?:\.\d+)?)\s*°?\s*[,;\s]\s*([-+]?\d+(?:\.\d+)?)\s*°?$/;

/** The geometry that the text describes; null while something in it cannot be read. */
export function readVertices(text, isArea) {
  const blocks = [];
  let begins = true;
  let hole = false;
  for (const line of text.split(/\r?\n/).map((words) => words.trim())) {
    if (!line) begins = true;
    else if (/^hole:?$/i.test(line)) [begins, hole] = [true, true];
    else {
      const pair = PAIR.exec(line);
      if (!pair || Math.abs(pair[1]) > 90) return null;
      if (begins) blocks.push({ hole, ring: [] });
      [begins, hole] = [false, false];
      blocks.at(-1).ring.push([Number(pair[2]), Number(pair[1])]);
    }
  }
  return isArea ? areaOf(blocks) : lineOf(blocks);
}

function lineOf(blocks) {
  const lines = blocks.map(({ ring }) => ring);
  if (!lines.length || lines.some((line) => line.length < 2)) return null;
  if (lines.length > 1) return { type: "MultiLineString", coordinates: lines };
  return { type: "LineString", coordinates: lines[0] };
}

const closed = (ring) => (String(ring[0]) === String(ring.at(-1)) ? ring : [...ring, ring[0]]);

function areaOf(blocks) {
  const areas = [];
  for (const { hole, ring } of blocks) {
    if (ring.length < 3 || (hole && !areas.length)) return null;
    if (hole) areas.at(-1).push(closed(ring));
    else areas.push([closed(ring)]);
  }
  if (!areas.length) return null;
  if (areas.length > 1) return { type: "MultiPolygon", coordinates: areas };
  return { type: "Polygon", coordinates: areas[0] };
}

/** A drawn line or area as text. */
export function textOf(type, coordinates) {
  const ring = type === "Polygon" ? coordinates[0].slice(0, -1) : coordinates;
  return ring.map(([lon, lat]) => `${lat}, ${lon}`).join("\n");
}
