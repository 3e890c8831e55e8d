/** Lines in pixels: [[x, y], ...]. */

const length = (a, b) => Math.hypot(b[0] - a[0], b[1] - a[1]);

export const total = (line) => line.slice(1).reduce((sum, point, i) => sum + length(line[i], point), 0);

/** The line shifted to its right by `px`, easing from and to its ends, so that there and back do not overlap. */
export function offset(line, px) {
  const whole = total(line);
  if (!whole) return line;
  const ease = Math.min(28, whole / 3);
  let walked = 0;
  return line.map((point, i) => {
    if (i) walked += length(line[i - 1], point);
    const [u, v] = [line[Math.max(0, i - 1)], line[Math.min(line.length - 1, i + 1)]];
    const size = length(u, v) || 1;
    const share = Math.min(1, Math.min(walked, whole - walked) / ease);
    return [point[0] - ((v[1] - u[1]) / size) * px * share, point[1] + ((v[0] - u[0]) / size) * px * share];
  });
}

/** No piece longer than `px`, so that an offset bends smoothly; at most 400 points more. */
export function dense(line, px) {
  const step = Math.max(px, total(line) / 400);
  return line.flatMap((point, i) => {
    if (!i) return [point];
    const from = line[i - 1];
    const pieces = Math.max(1, Math.ceil(length(from, point) / step));
    return Array.from({ length: pieces }, (_, k) => [
      from[0] + ((point[0] - from[0]) * (k + 1)) / pieces,
      from[1] + ((point[1] - from[1]) * (k + 1)) / pieces,
    ]);
  });
}

/** As few points as the eye needs. */
export const simple = (line) =>
  window.L.LineUtil.simplify(
    line.map(([x, y]) => window.L.point(x, y)),
    0.5,
  ).map(({ x, y }) => [x, y]);

/** Move the ends of a line by these amounts and what lies between in proportion. */
export function pulled(line, start, end) {
  const whole = total(line) || 1;
  let walked = 0;
  return line.map((point, i) => {
    if (i) walked += length(line[i - 1], point);
    const t = walked / whole;
    return [point[0] + start[0] * (1 - t) + end[0] * t, point[1] + start[1] * (1 - t) + end[1] * t];
  });
}

/** The pieces of a line inside the frame 0, 0, width, height. */
export function visible(line, width, height) {
  const frame = window.L.bounds([0, 0], [width, height]);
  const pieces = [];
  for (let i = 1; i < line.length; i++) {
    const cut = window.L.LineUtil.clipSegment(
      window.L.point(line[i - 1]),
      window.L.point(line[i]),
      frame,
      false,
      false,
    );
    if (cut) pieces.push(cut.map(({ x, y }) => [x, y]));
  }
  return pieces;
}

/** The point at that share of the visible part and the direction there in degrees; null when too little shows. */
export function along(pieces, share) {
  const whole = pieces.reduce((sum, [a, b]) => sum + length(a, b), 0);
  if (whole < 46) return null;
  let left = whole * share;
  for (const [a, b] of pieces) {
    const size = length(a, b);
    if (left > size || !size) {
      left -= size;
      continue;
    }
    const angle = (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI;
    return { x: a[0] + ((b[0] - a[0]) * left) / size, y: a[1] + ((b[1] - a[1]) * left) / size, angle };
  }
  return null;
}

/** Small boxes along the pieces, for keeping names off a line. */
export function beads(pieces, gap = 10, half = 6) {
  const boxes = [];
  for (const [a, b] of pieces) {
    const count = Math.max(1, Math.round(length(a, b) / gap));
    for (let k = 0; k < count; k++) {
      const x = a[0] + ((b[0] - a[0]) * (k + 0.5)) / count;
      const y = a[1] + ((b[1] - a[1]) * (k + 0.5)) / count;
      boxes.push([x - half, y - half, x + half, y + half]);
    }
  }
  return boxes;
}
