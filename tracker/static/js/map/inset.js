/** A small chart of its own for stops that crowd together, put where the big one has room. */

import { Basemap } from "./basemap.js";
import { Boxes } from "./boxes.js";
import { element } from "./element.js";
import { crowd, sharedName } from "./groups.js";
import { Neatline } from "./neatline.js";
import { calm } from "./theme.js";
import { Trail } from "./trail.js";

const NARROWEST = 700; // px of map below which there is no inset
const WIDE = 250;
const MARGIN = 22;
const MOST_BEADS = 6; // pieces of line that an inset may hide

function options(bounds) {
  return {
    zoomSnap: 0,
    zoomControl: false,
    attributionControl: false,
    dragging: false,
    touchZoom: false,
    doubleClickZoom: false,
    scrollWheelZoom: false,
    boxZoom: false,
    keyboard: false,
    zoomAnimation: !calm(),
    center: bounds.getCenter(),
    zoom: 5,
  };
}

/** The same record for another map: positions in px are kept in the stops, so each map has its own. */
function copied({ stops, branches, areas }) {
  const twins = new Map(stops.map((stop) => [stop, { ...stop }]));
  return {
    areas,
    stops: [...twins.values()],
    branches: branches.map((branch) => ({ ...branch, a: twins.get(branch.a), b: twins.get(branch.b) })),
  };
}

export class Inset {
  #chart;
  #act;
  #parts = null;
  #box = null;

  constructor(chart, act) {
    this.#chart = chart;
    this.#act = act;
  }

  /** The stops that are in it now. */
  stops = [];

  /** Where it is, as text; "" while it is hidden. */
  get spot() {
    return this.#box?.join() ?? "";
  }

  light(lit) {
    this.#parts?.trail.light(lit);
  }

  /** The stops that would go into an inset at this view; none on a narrow map. */
  wanted(stops) {
    return (this.#chart.map.getSize().x >= NARROWEST && crowd(stops.filter(({ onLine }) => onLine))) || [];
  }

  /** A free rectangle [left, top, right, bottom] for these stops, or null. `beads`: boxes along the lines. */
  room(stops, boxes, beads) {
    const size = this.#chart.map.getSize();
    const high = this.#height(stops);
    const good = (box) => boxes.free(box) && beads.count(box) <= MOST_BEADS;
    if (this.#box && this.#box[3] - this.#box[1] === high && good(this.#box)) return this.#box;
    const [right, bottom] = [size.x - MARGIN - WIDE, size.y - MARGIN - 14 - high];
    const spots = [];
    // Up the left edge, then up the right edge.
    for (const x of [MARGIN, right]) for (let y = bottom; y >= MARGIN; y -= 12) spots.push([x, y]);
    const free = spots.map(([x, y]) => [x, y, x + WIDE, y + high]).filter(good);
    const cost = (box) => beads.count(box) * 4;
    return free.reduce((best, box) => (best && cost(best) <= cost(box) ? best : box), null);
  }

  #bounds(stops) {
    return window.L.latLngBounds(stops.map(({ lat, lon }) => [lat, lon]));
  }

  #height(stops) {
    const map = this.#chart.map;
    const [a, b] = [this.#bounds(stops).getSouthWest(), this.#bounds(stops).getNorthEast()].map((p) =>
      map.project(p, 8),
    );
    const ratio = Math.abs(a.y - b.y) / Math.max(1, Math.abs(b.x - a.x));
    return Math.round(Math.min(276, Math.max(170, (WIDE - 80) * ratio + 90)));
  }

  hide() {
    if (this.#parts) this.#parts.root.hidden = true;
    this.#box = null;
    this.stops = [];
  }

  show(record, stops, box, drawing) {
    this.#parts ??= this.#build(stops);
    const { root, map, trail, name } = this.#parts;
    root.hidden = false;
    if (box.join() !== this.spot) {
      Object.assign(root.style, { left: `${box[0]}px`, top: `${box[1]}px`, height: `${box[3] - box[1]}px` });
      map.invalidateSize({ animate: false });
    }
    this.#box = box;
    this.stops = stops;
    name.textContent = sharedName(stops);
    map.fitBounds(this.#bounds(stops), {
      animate: false,
      paddingTopLeft: [34, 28],
      paddingBottomRight: [34, 34],
    });
    const boxes = new Boxes();
    const size = map.getSize();
    boxes.add([size.x - name.offsetWidth - 12, size.y - name.offsetHeight - 12, size.x, size.y]);
    trail.draw(copied(record), boxes, drawing);
  }

  #build(stops) {
    const canvas = element("div", { class: "chart-inset-map" });
    const name = element("span", { class: "chart-inset-name" });
    const root = element(
      "div",
      { class: "chart-inset", "aria-hidden": "true", "data-takes-room": true },
      canvas,
      name,
    );
    this.#chart.root.append(root);
    root.addEventListener("wheel", (event) => event.stopPropagation(), { passive: true });
    const map = window.L.map(canvas, options(this.#bounds(stops)));
    for (const [pane, order] of [
      ["base", 150],
      ["areas", 410],
      ["legs", 420],
    ])
      map.createPane(pane).style.zIndex = order;
    const base = new Basemap(map);
    const neatline = new Neatline(map, { degrees: false });
    map.on("moveend", () =>
      base.load().then(
        () => neatline.draw(),
        () => {},
      ),
    );
    canvas.removeAttribute("tabindex");
    const trail = new Trail(map, this.#act, { still: true });
    return { root, map, trail, name };
  }
}
