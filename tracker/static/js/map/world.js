/** The world map: cells from the server, places where few are in view. */

import { around } from "./boxes.js";
import { placeCard } from "./cards.js";
import { readJson, startCharts } from "./chart.js";
import { cellMarker, merged, placeMarker, sizeOf } from "./cells.js";
import { openPopup } from "./popup.js";
import { calm } from "./theme.js";

const FAILED = "The places could not be loaded. Move the map to try again.";
const WAIT_MS = 60;
const PAN_SECONDS = 0.25;

class World {
  #chart;
  #layer;
  #asked = "";
  #pending = null;
  #timer = 0;
  #points = [];
  #drawn = "";

  constructor(chart) {
    this.#chart = chart;
    this.#layer = window.L.layerGroup().addTo(chart.map);
    chart.offer();
    chart.map.on("moveend", () => this.ask());
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

  /** Zoom in on a cell until it comes apart, or to a list when it never will. */
  #enter({ lat, lon, members }) {
    const { map } = this.#chart;
    const animate = !calm();
    const bounds = window.L.latLngBounds(members.map((m) => [m.lat, m.lon + 360 * Math.round((lon - m.lon) / 360)]));
    const closer = Math.min(map.getMaxZoom(), Math.max(map.getZoom() + 2, Math.min(9, map.getBoundsZoom(bounds) - 0.5)));
    this.#chart.moved = true;
    map.setView(members.length > 1 ? bounds.getCenter() : [lat, lon], closer, { animate, duration: PAN_SECONDS });
  }
}

startCharts("world", (chart) => {
  const { centre, zoom } = chart.root.dataset;
  const restored = chart.address?.restore();
  if (!restored && centre)
    chart.map.setView(centre.split(",").map(Number), Number(zoom) || chart.map.getMinZoom(), { animate: false });
  else if (!restored) chart.map.setView([34, 8], chart.map.getMinZoom(), { animate: false });
  const world = new World(chart);
  chart.add(world);
  world.ask();
});
