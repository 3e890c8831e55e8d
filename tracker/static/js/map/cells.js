/** Rings for many places, dots for one; rings that would touch are merged. */

import { asButton } from "./buttons.js";
import { element } from "./element.js";

export const sizeOf = (n) => (n > 1 ? Math.round(26 + 5 * Math.log10(n)) : 26);

const AIR = 4; // px between two rings
const written = (n) => n.toLocaleString("en");

function join(a, b) {
  const n = a.n + b.n;
  const mean = (name) => (a[name] * a.n + b[name] * b.n) / n;
  return {
    n,
    lat: mean("lat"),
    lon: mean("lon"),
    x: mean("x"),
    y: mean("y"),
    members: [...a.members, ...b.members],
  };
}

const touch = (a, b) => Math.hypot(a.x - b.x, a.y - b.y) < (sizeOf(a.n) + sizeOf(b.n)) / 2 + AIR;

/** Merge rings from the largest down; a grid keeps it quick with hundreds of them. */
export function merged(points) {
  let cells = [...points].sort((a, b) => b.n - a.n);
  for (let again = true; again;) {
    again = false;
    const kept = [];
    const grid = new Map();
    for (const cell of cells) {
      const [column, row] = [Math.floor(cell.x / 80), Math.floor(cell.y / 80)];
      let into = -1;
      for (let dx = -1; dx <= 1 && into < 0; dx++)
        for (let dy = -1; dy <= 1 && into < 0; dy++)
          into = (grid.get(`${column + dx},${row + dy}`) ?? []).find((i) => touch(kept[i], cell)) ?? -1;
      if (into >= 0) {
        kept[into] = join(kept[into], cell);
        again = true;
        continue;
      }
      const key = `${column},${row}`;
      grid.set(key, [...(grid.get(key) ?? []), kept.length]);
      kept.push(cell);
    }
    cells = kept;
  }
  return cells;
}

function ring({ lat, lon, n }, className, label) {
  const face = element("b", { "aria-hidden": "true" }, written(n));
  const icon = window.L.divIcon({
    className: `cell-marker ${className}`,
    iconSize: [sizeOf(n), sizeOf(n)],
    html: face,
  });
  return asButton(window.L.marker([lat, lon], { icon, riseOnHover: true }), label);
}

export function cellMarker(cell) {
  const wide = written(cell.n).length > 4 ? "is-long" : "";
  return ring(cell, wide, `${written(cell.n)} places, zoom in`);
}

export function placeMarker(cell, place) {
  const films = cell.n > 1 ? `, ${written(cell.n)} shoots` : "";
  return ring(cell, "is-place", `${place.name}${films}`);
}
