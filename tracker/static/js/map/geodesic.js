/** Lines over the globe, for the branches that the server does not send; [lon, lat] in degrees. */

const RADIAN = Math.PI / 180;

function vector([lon, lat]) {
  const [a, b] = [lat * RADIAN, lon * RADIAN];
  return [Math.cos(a) * Math.cos(b), Math.cos(a) * Math.sin(b), Math.sin(a)];
}

/** The great circle from a to b, its longitudes unrolled from a's. */
export function greatCircle(a, b, pieces = 64) {
  const [from, to] = [vector(a), vector(b)];
  const angle = Math.acos(Math.max(-1, Math.min(1, from.reduce((sum, v, i) => sum + v * to[i], 0))));
  if (angle < 1e-9) return [a, b];
  const line = [];
  let previous = a[0];
  for (let i = 0; i <= pieces; i++) {
    const near = Math.sin((1 - i / pieces) * angle) / Math.sin(angle);
    const far = Math.sin((i / pieces) * angle) / Math.sin(angle);
    const [x, y, z] = from.map((v, k) => near * v + far * to[k]);
    const lon = Math.atan2(y, x) / RADIAN;
    previous = lon + 360 * Math.round((previous - lon) / 360);
    line.push([previous, Math.asin(Math.max(-1, Math.min(1, z))) / RADIAN]);
  }
  return line;
}

/** Shift a line by whole turns so that it starts next to that longitude. */
export function turnedTo(line, lon) {
  const turn = 360 * Math.round((lon - line[0][0]) / 360);
  return turn ? line.map(([x, y]) => [x + turn, y]) : line;
}
