/** Names on the map, greedy: water, then countries, then towns; one that does not fit is left out. */

import { around, textWidth, within } from "./boxes.js";
import { countryName, seats } from "./countries.js";
import { element } from "./element.js";
import { colour } from "./theme.js";
import { WATERS } from "./waters.js";

const COUNTRIES_UNTIL_ZOOM = 7;
const TOWNS_FROM_ZOOM = 3;
const ROOM_PER_TOWN = 26000; // px² of map for each town name, so that a phone shows few

export class Labels {
  #map;
  #box = element("div", { class: "chart-names leaflet-zoom-hide", "aria-hidden": "true" });
  #townsUrl;
  #towns = [];
  #asked = null;
  #pending = null;

  constructor(map, townsUrl) {
    this.#map = map;
    this.#townsUrl = townsUrl;
    map.getPane("names").append(this.#box);
  }

  /** Ask for the towns of the view, on a grid so that neighbours share an answer; true when they are new. */
  async load() {
    const zoom = Math.floor(this.#map.getZoom());
    if (!this.#townsUrl || zoom < TOWNS_FROM_ZOOM) return false;
    const cell = 360 / 2 ** (zoom + 1);
    const view = this.#map.getBounds();
    const bbox = [
      Math.max(-180, Math.floor(view.getWest() / cell) * cell),
      Math.max(-90, Math.floor(view.getSouth() / cell) * cell),
      Math.min(180, Math.ceil(view.getEast() / cell) * cell),
      Math.min(90, Math.ceil(view.getNorth() / cell) * cell),
    ].map((degrees) => +degrees.toFixed(4));
    const url = new URL(this.#townsUrl, document.baseURI);
    url.searchParams.set("bbox", bbox.join(","));
    url.searchParams.set("zoom", zoom);
    if (url.href === this.#asked || bbox[0] >= bbox[2]) return false;
    this.#asked = url.href;
    this.#pending?.abort();
    this.#pending = new AbortController();
    try {
      const answer = await fetch(url, { signal: this.#pending.signal });
      if (!answer.ok) return false;
      this.#towns = (await answer.json()).sort((a, b) => b.population - a.population);
      return true;
    } catch {
      if (url.href === this.#asked) this.#asked = null;
      return false;
    }
  }

  hide() {
    this.#box.replaceChildren();
  }

  /** Lay all names out anew between the boxes that are taken. */
  draw(boxes, countries) {
    this.#box.replaceChildren();
    const size = this.#map.getSize();
    const zoom = this.#map.getZoom();
    const corner = this.#map.getPixelBounds().min;
    const frame = { scale: 256 * 2 ** zoom, left: corner.x, top: corner.y, width: size.x, height: size.y };
    this.#drawWaters(boxes, zoom, size);
    if (zoom < COUNTRIES_UNTIL_ZOOM) this.#drawCountries(boxes, countries, frame, size);
    if (zoom >= TOWNS_FROM_ZOOM) this.#drawTowns(boxes, size);
  }

  #put(kind, lines, point) {
    const at = this.#map.containerPointToLayerPoint(point);
    const words = lines.flatMap((line, i) => (i ? [element("br"), line] : [line]));
    const name = element("span", { class: `chart-name is-${kind}` }, element("span", {}, ...words));
    window.L.DomUtil.setPosition(name, at.round());
    this.#box.append(name);
  }

  /** Where the nearest copy of a place lies on the screen. */
  #point(lat, lon) {
    const turns = Math.round((this.#map.getCenter().lng - lon) / 360);
    return this.#map.latLngToContainerPoint([lat, lon + 360 * turns]);
  }

  #drawWaters(boxes, zoom, size) {
    const font = `italic 500 15px ${colour("--font-title")}`;
    for (const [name, lat, lon, from, until] of WATERS) {
      if (zoom < from || zoom > until) continue;
      const lines = name.split("|");
      const wide = Math.max(...lines.map((line) => textWidth(line, font, 0.9)));
      const point = this.#point(lat, lon);
      const box = around(point.x, point.y, wide + 8, lines.length * 17 + 4);
      if (within(box, size) && boxes.claim(box)) this.#put("water", lines, point);
    }
  }

  #drawCountries(boxes, countries, frame, size) {
    const font = `500 12.5px ${colour("--font-text")}`;
    const wanted = [];
    for (const country of countries) {
      const name = countryName(country.name);
      const wide = textWidth(name.toUpperCase(), font, 1.75) + 10;
      const [best, ...others] = seats(country, frame, wide);
      if (best) wanted.push({ name, wide, seats: [best, ...others] });
    }
    wanted.sort((a, b) => b.seats[0].room - a.seats[0].room);
    for (const { name, wide, seats: places } of wanted) {
      for (const { x, y } of places) {
        const box = around(x, y, wide, 20);
        if (!within(box, size, 14) || !boxes.claim(box)) continue;
        this.#put("country", [name], window.L.point(x, y));
        break;
      }
    }
  }

  #drawTowns(boxes, size) {
    const font = `400 12.5px ${colour("--font-text")}`;
    let room = Math.round((size.x * size.y) / ROOM_PER_TOWN);
    for (const { name, lat, lon } of this.#towns) {
      if (!room) break;
      const point = this.#point(lat, lon);
      const box = [point.x - 6, point.y - 10, point.x + textWidth(name, font) + 14, point.y + 10];
      if (!within(box, size, 14) || !boxes.claim(box)) continue;
      this.#put("town", [name], point);
      room -= 1;
    }
  }
}
