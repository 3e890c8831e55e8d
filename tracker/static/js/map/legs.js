/** Legs: casing and coloured line, dashed where planned, an arrowhead near the middle of what shows. */

import { element } from "./element.js";
import { along, beads, dense, offset, pulled, simple, total, visible } from "./pixels.js";

const APART = 5; // px that a line out and the line back keep to either side
const SAME = 14; // px within which two ends count as one

/**
 * The dash of each unit's line; a plan is thinner and has the dash of plans. Colour never tells units apart: besides
 * the dash each line bears its unit's name.
 */
const DASHES = {
  second: "15 5",
  aerial: "2 4",
  pickup: "11 4 2 4",
  reshoot: "11 4 2 4 2 4",
};

const near = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]) < SAME;

function style(name, weight, dash) {
  return {
    className: name,
    weight,
    dashArray: dash,
    interactive: false,
    smoothFactor: 0,
    lineCap: "butt",
    fill: false,
    opacity: 1,
  };
}

export class Legs {
  #map;
  #layer;
  #renderer;
  #open;

  /** `open(branch, latLng)` is called for a click on a line. */
  constructor(map, open) {
    this.#map = map;
    this.#open = open;
    this.#renderer = window.L.svg({ pane: "legs", padding: 0.5 });
    this.#layer = window.L.layerGroup().addTo(map);
  }

  /** Draw `branches`; `anchor(stop)` gives the px where the marker of a stop stands. Returns beads for names. */
  draw(branches, anchor) {
    this.#layer.clearLayers();
    const size = this.#map.getSize();
    const paths = this.#paths(branches, anchor);
    const shown = paths.map(({ branch, line }) => ({ branch, line, pieces: visible(line, size.x, size.y) }));
    for (const part of shown) this.#line(part, "leg-casing", part.branch.planned ? 5 : 6);
    for (const part of shown) this.#line(part, "leg-line", part.branch.planned ? 1.8 : 2.6, true);
    for (const part of shown) this.#arrow(part);
    if (new Set(branches.map(({ leg }) => leg.lane)).size > 1) this.#nameLanes(shown);
    return shown.flatMap(({ pieces }) => beads(pieces));
  }

  #paths(branches, anchor) {
    // Leaflet rounds what it converts; half a pixel here and there would make the lines tremble.
    const corner = this.#map.getPixelBounds().min;
    const px = ([lon, lat]) => {
      const point = this.#map.project([lat, lon]).subtract(corner);
      return [point.x, point.y];
    };
    const ends = [];
    return branches
      .flatMap((branch) => {
        const [a, end] = [anchor(branch.a), anchor(branch.b)];
        // A line once round the world ends at another copy of its stop.
        const turns = Math.round((branch.line.at(-1)[0] - branch.b.lon) / 360);
        const b = [end[0] + turns * 256 * 2 ** this.#map.getZoom(), end[1]];
        if (near(a, b)) return []; // both stand in one pill
        const raw = dense(branch.line.map(px), 6);
        const straight = pulled(
          raw,
          [a[0] - raw[0][0], a[1] - raw[0][1]],
          [b[0] - raw.at(-1)[0], b[1] - raw.at(-1)[1]],
        );
        ends.push([a, b]);
        const index = ends.length - 1;
        return [{ branch, straight, index }];
      })
      .map(({ branch, straight, index }) => ({
        branch,
        line: this.#aside(straight, ends, index),
      }));
  }

  /** Where other lines join the same two points, step aside: to the right, and once more for each of the same way. */
  #aside(line, ends, index) {
    const [a, b] = ends[index];
    const back = ends.filter(([c, d]) => near(a, d) && near(b, c)).length;
    const same = ends.map(([c, d], i) => (near(a, c) && near(b, d) ? i : -1)).filter((i) => i >= 0);
    if (!back && same.length === 1) return line;
    const order = same.indexOf(index);
    const step = back ? APART * (1 + 2 * order) : APART * (2 * order - same.length + 1);
    return offset(line, step);
  }

  #line({ branch, line }, name, weight, main = false) {
    const planned = branch.planned ? " is-planned" : "";
    const later = branch.later ? " is-later" : "";
    const points = simple(line).map((point) => this.#map.containerPointToLatLng(point));
    const dash = branch.planned ? "7 5" : (DASHES[branch.leg.lane] ?? null);
    const options = { ...style(`${name}${planned}${later}`, weight, main ? dash : null) };
    window.L.polyline(points, { ...options, pane: "legs", renderer: this.#renderer }).addTo(this.#layer);
    if (!main || !this.#open) return;
    const target = {
      className: "leg-target",
      weight: 14,
      opacity: 0,
      interactive: true,
      bubblingMouseEvents: false,
    };
    window.L.polyline(points, { ...target, pane: "legs", renderer: this.#renderer })
      .on("click", ({ latlng }) => this.#open(branch, latlng))
      .addTo(this.#layer);
  }

  /** Each unit's name once, on its longest line that shows. */
  #nameLanes(parts) {
    const length = ({ pieces }) => pieces.reduce((sum, piece) => sum + total(piece), 0);
    const longest = new Map();
    for (const part of parts) {
      const { lane } = part.branch.leg;
      const held = longest.get(lane);
      if (!held || length(part) > length(held)) longest.set(lane, part);
    }
    for (const { branch, pieces } of longest.values()) {
      const at = along(pieces, 0.3);
      if (!at) continue;
      const icon = window.L.divIcon({
        className: "leg-unit",
        html: element("span", {}, branch.leg.unit_word ?? branch.leg.lane),
        iconSize: null,
      });
      const spot = this.#map.containerPointToLatLng([at.x, at.y]);
      window.L.marker(spot, { icon, interactive: false, keyboard: false, zIndexOffset: -2000 }).addTo(this.#layer);
    }
  }

  #arrow({ branch, pieces }) {
    const at = along(pieces, 0.52);
    if (!at) return;
    const turn = (at.angle * Math.PI) / 180;
    const corner = ([x, y]) =>
      this.#map.containerPointToLatLng([
        at.x + x * Math.cos(turn) - y * Math.sin(turn),
        at.y + x * Math.sin(turn) + y * Math.cos(turn),
      ]);
    const shape = [
      [-5, -5],
      [6.5, 0],
      [-5, 5],
      [-2.5, 0],
    ].map(corner);
    window.L.polygon(shape, {
      ...style(`leg-arrow${branch.later ? " is-later" : ""}`, 1, null),
      fill: true,
      fillOpacity: 1,
      pane: "legs",
      renderer: this.#renderer,
    }).addTo(this.#layer);
  }
}
