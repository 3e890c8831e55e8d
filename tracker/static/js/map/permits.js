/** Permits without a title: blue cells beside the rings of places, and dashed circles where only an area is known. */

import { Areas, radiusPx } from "./areas.js";
import { around } from "./boxes.js";
import { asButton } from "./buttons.js";
import { merged, sizeOf } from "./cells.js";
import { readJson } from "./chart.js";
import { element, link } from "./element.js";
import { openPopup } from "./popup.js";

const FAILED = "The permits could not be loaded. Move the map to try again.";
const SMALLEST = 20; // px of radius below which an area says nothing that its cell does not

const written = (n) => n.toLocaleString("en");
const permits = (n) => `${written(n)} ${n === 1 ? "permit" : "permits"} without a title`;

export class Permits {
  #chart;
  #layer;
  #areas;
  #spots = [];
  #drawn = "";
  #pending = null;
  #view = null;
  #form = document.querySelector("[data-permit-filter]");

  on = true;

  constructor(chart) {
    this.#chart = chart;
    this.#layer = window.L.layerGroup().addTo(chart.map);
    this.#areas = new Areas(chart.map);
    this.#form?.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#view) this.load(this.#view);
    });
  }

  set(on) {
    this.on = on;
    this.#drawn = "";
    this.#say();
    this.#chart.refresh();
  }

  /** Ask for those in a view: the box in degrees as text, and the zoom. */
  async load(view) {
    this.#view = view;
    const url = new URL(this.#chart.root.dataset.permits, document.baseURI);
    url.searchParams.set("bbox", view.bbox);
    url.searchParams.set("zoom", view.zoom);
    for (const name of ["from", "to"]) {
      const day = this.#form?.elements[name]?.value;
      if (day) url.searchParams.set(name, day);
    }
    this.#pending?.abort();
    this.#pending = new AbortController();
    try {
      this.told = await readJson(url, { signal: this.#pending.signal });
      this.#spots = this.told.spots;
      this.#drawn = "";
      this.#say();
      this.#chart.refresh();
    } catch (error) {
      if (error.name !== "AbortError") this.#count(FAILED);
    }
  }

  /** Cells that touch become one; a cell never covers a ring of places entirely, it stands beside it. */
  layout(boxes) {
    const { map } = this.#chart;
    this.#areas.clear();
    const spots = this.on ? this.#spots : [];
    const centre = map.getCenter().lng;
    const placed = spots.map((spot) => {
      const lon = spot.lon + 360 * Math.round((centre - spot.lon) / 360);
      const { x, y } = map.latLngToContainerPoint([spot.lat, lon]);
      return { ...spot, lon, x: x + 12, y: y + 12, members: [spot] };
    });
    for (const { lat, lon, within_m: metres } of placed)
      if (metres && radiusPx(map, lat, metres) > SMALLEST)
        this.#areas.uncertainty({ lat, lon, uncertainty_m: metres, key: "permit" }, "neighbour");
    const size = map.getSize();
    const cells = merged(placed).filter(({ x, y }) => x > -40 && y > -40 && x < size.x + 40 && y < size.y + 40);
    const key = JSON.stringify([map.getZoom(), cells.map(({ lat, lon, n }) => [lat, lon, n])]);
    if (key !== this.#drawn) this.#draw(cells);
    this.#drawn = key;
    for (const { x, y, n } of cells) boxes.add(around(x, y, sizeOf(n) + 6));
  }

  #draw(cells) {
    this.#layer.clearLayers();
    for (const cell of cells) {
      const size = sizeOf(cell.n);
      const icon = window.L.divIcon({
        className: "permit-marker",
        iconSize: [size, size],
        iconAnchor: [size / 2 - 12, size / 2 - 12],
        html: element("b", { "aria-hidden": "true" }, written(cell.n)),
      });
      const named = cell.members.filter(({ name }) => name);
      const where = named.length === 1 ? `, ${named[0].name}` : "";
      const marker = asButton(
        window.L.marker([cell.lat, cell.lon], { icon, riseOnHover: true }),
        `${permits(cell.n)}${where}`,
      );
      marker.on("click", () => this.#open(marker, cell, named));
      marker.addTo(this.#layer);
    }
  }

  #open(marker, cell, named) {
    const heading = element("p", { class: "card-title" }, permits(cell.n));
    const rows = named
      .slice(0, 8)
      .map(({ n, name, url, within_m: metres }) =>
        element("li", {}, link(this.#within(url), name), ` ${written(n)}${metres ? ", somewhere in it" : ""}`),
      );
    const more = named.length > rows.length || named.length < cell.members.length;
    const node = element(
      "div",
      { class: "card" },
      element(
        "section",
        { class: "card-stop" },
        heading,
        element("ul", { class: "card-films" }, ...rows),
        more ? element("p", { class: "card-why" }, "Zoom in for the others.") : null,
      ),
    );
    openPopup(this.#chart.map, marker.getLatLng(), node, { heading, from: marker.getElement() });
  }

  /** The list of a place, of the same days as the map shows. */
  #within(address) {
    const url = new URL(address, document.baseURI);
    for (const name of ["from", "to"]) {
      const day = this.#form?.elements[name]?.value;
      if (day) url.searchParams.set(name, day);
    }
    return url.pathname + url.search;
  }

  #say() {
    if (!this.told) return;
    const { total, exact, approximate } = this.told;
    this.#count(
      `${permits(total)} in view: ${written(exact)} at a spot, ${written(approximate)} known only to an area` +
        (this.on ? "" : " (not shown)"),
    );
  }

  #count(words) {
    const node = document.querySelector("[data-permit-count]");
    if (node) node.textContent = words;
  }
}
