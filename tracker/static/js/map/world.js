/** The world map: cells from the server, places where few are in view. */

import { Areas } from "./areas.js";
import { around } from "./boxes.js";
import { placeCard } from "./cards.js";
import { readJson, startCharts } from "./chart.js";
import { cellMarker, merged, placeMarker, sizeOf } from "./cells.js";
import { Legend } from "./legend.js";
import { Permits } from "./permits.js";
import { openPopup } from "./popup.js";
import { calm } from "./theme.js";

const FAILED = "The places could not be loaded. Move the map to try again.";
const WAIT_MS = 60;
const START = [34, 8];
const START_ZOOM = 1.25;
const PAN_SECONDS = 0.25;
const DEEPEST = 9; // a click on a ring goes no closer; the offline coast is rough beyond

/** The longitude from which most of the places are in view; the one nearest to Greenwich of equals. */
function bestMiddle(points, half) {
  let best = { middle: START[1], count: -1 };
  for (let step = 0; step < 36; step++) {
    const middle = START[1] + (step % 2 ? -1 : 1) * Math.ceil(step / 2) * 10;
    const seen = ({ lon }) => Math.abs(((((lon - middle) % 360) + 540) % 360) - 180) < half;
    const count = points.filter(seen).length;
    if (count > best.count) best = { middle, count };
  }
  return best.middle;
}

class World {
  #chart;
  #layer;
  #areas;
  #asked = "";
  #pending = null;
  #timer = 0;
  #points = [];
  #drawn = "";
  #permits = null;

  constructor(chart) {
    this.#chart = chart;
    this.#layer = window.L.layerGroup().addTo(chart.map);
    this.#areas = new Areas(chart.map);
    if (chart.root.dataset.permits) this.#addPermits();
    else chart.offer();
    chart.map.on("moveend", () => this.ask());
  }

  #addPermits() {
    const chart = this.#chart;
    const permits = (this.#permits = new Permits(chart));
    chart.offer([
      { label: "Permits without a title", note: "blue", checked: true, change: (on) => permits.set(on) },
    ]);
    chart.add(permits);
    new Legend(chart.map).set([
      { mark: "is-ring", words: "places" },
      { mark: "is-permit", words: "permits without a title" },
      { mark: "is-permit-area", words: "somewhere in it" },
    ]);
  }

  /** Where nothing says which view is wanted, most of the record is. */
  async start() {
    const { map, root } = this.#chart;
    map.setView(START, Math.max(START_ZOOM, map.getMinZoom()), { animate: false });
    const view = map.getBounds();
    const half = (view.getEast() - view.getWest()) / 2 - 14;
    if (half > 150) return;
    const url = new URL(root.dataset.cells, document.baseURI);
    url.searchParams.set("bbox", "-180,-85,180,85");
    url.searchParams.set("zoom", Math.round(map.getZoom()));
    const { cells, places } = await readJson(url);
    if (this.#chart.moved) return;
    map.setView([START[0], bestMiddle(cells ?? places, half)], map.getZoom(), { animate: false });
  }

  ask() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#load(), WAIT_MS);
  }

  async #load() {
    const { map, root } = this.#chart;
    const view = map.getBounds();
    const wide = view.getEast() - view.getWest() >= 360;
    const box = [
      wide ? -180 : Math.max(-540, view.getWest()),
      Math.max(-90, view.getSouth()),
      wide ? 180 : Math.min(540, view.getEast()),
      Math.min(90, view.getNorth()),
    ];
    const url = new URL(root.dataset.cells, document.baseURI);
    url.searchParams.set("bbox", box.map((degrees) => degrees.toFixed(3)).join(","));
    url.searchParams.set("zoom", Math.round(map.getZoom()));
    if (url.href === this.#asked) return;
    this.#asked = url.href;
    this.#permits?.load({ bbox: url.searchParams.get("bbox"), zoom: url.searchParams.get("zoom") });
    this.#pending?.abort();
    this.#pending = new AbortController();
    try {
      const answer = await readJson(url, { signal: this.#pending.signal });
      this.#points = answer.kind === "places" ? answer.places : answer.cells;
      this.#drawn = "";
      this.#chart.say("");
      this.#chart.refresh();
      root.dispatchEvent(new CustomEvent("cells", { bubbles: true, detail: answer }));
    } catch (error) {
      if (error.name === "AbortError") return;
      this.#asked = "";
      this.#chart.say(FAILED);
    }
  }

  /** Rings that touch become one; markers are made anew only when what they show changed. */
  layout(boxes) {
    const { map } = this.#chart;
    this.#areas.clear();
    for (const { geometry } of this.#points)
      if (geometry) this.#areas.outline(geometry, "mixed", "neighbour", map.getCenter().lng);
    for (const { lat, lon, within_m: metres, geometry } of this.#points)
      if (metres && !geometry) this.#areas.uncertainty({ lat, lon, uncertainty_m: metres, key: "mixed" }, "neighbour");
    const centre = map.getCenter().lng;
    const placed = this.#points.map((point) => {
      const lon = point.lon + 360 * Math.round((centre - point.lon) / 360);
      const { x, y } = map.latLngToContainerPoint([point.lat, lon]);
      return { ...point, n: point.n ?? 1, lon, x, y, members: [point] };
    });
    const cells = merged(placed);
    const size = map.getSize();
    const inView = cells.filter(({ x, y }) => x > -40 && y > -40 && x < size.x + 40 && y < size.y + 40);
    const key = JSON.stringify([map.getZoom(), inView.map(({ lat, lon, n }) => [lat, lon, n])]);
    if (key !== this.#drawn) this.#draw(inView);
    this.#drawn = key;
    for (const { x, y, n } of inView) boxes.add(around(x, y, sizeOf(n) + 8));
  }

  #draw(cells) {
    const held = document.activeElement?.dataset?.cell;
    this.#layer.clearLayers();
    for (const cell of cells) {
      const [only] = cell.members;
      const place = cell.members.length === 1 ? (only.place ?? (only.name ? only : null)) : null;
      const marker = place ? placeMarker(cell, place) : cellMarker(cell);
      marker.on("click", () => (place ? this.#open(marker, cell, place) : this.#enter(cell)));
      const node = marker.addTo(this.#layer).getElement();
      node.dataset.cell = `${cell.lat},${cell.lon}`;
      if (held === node.dataset.cell) node.focus({ preventScroll: true });
    }
  }

  #open(marker, cell, place) {
    const full = place === cell.members[0] ? place : { ...cell.members[0], ...place };
    const { node, heading } = placeCard(full);
    openPopup(this.#chart.map, marker.getLatLng(), node, { heading, from: marker.getElement() });
  }

  /** Zoom in on a cell so that its parts come apart. */
  #enter({ lat, lon, members }) {
    const { map } = this.#chart;
    const animate = !calm();
    const bounds = window.L.latLngBounds(
      members.map((m) => [m.lat, m.lon + 360 * Math.round((lon - m.lon) / 360)]),
    );
    const fitting =
      members.length > 1 ? map.getBoundsZoom(bounds, false, window.L.point(80, 80)) : map.getZoom() + 2;
    const closer = Math.min(map.getMaxZoom(), Math.max(map.getZoom() + 1, Math.min(DEEPEST, fitting)));
    this.#chart.moved = true;
    map.setView(members.length > 1 ? bounds.getCenter() : [lat, lon], closer, {
      animate,
      duration: PAN_SECONDS,
    });
  }
}

startCharts("world", async (chart) => {
  const { centre, zoom } = chart.root.dataset;
  const world = new World(chart);
  if (!chart.address?.restore()) {
    if (centre)
      chart.map.setView(centre.split(",").map(Number), Number(zoom) || START_ZOOM, { animate: false });
    else await world.start().catch(() => {});
  }
  chart.add(world);
  world.ask();
});
