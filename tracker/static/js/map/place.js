/** The map of one place: what is known of where it is, and its neighbours. */

import { Areas } from "./areas.js";
import { around, Boxes } from "./boxes.js";
import { cameraMarker } from "./cameras.js";
import { placeCard } from "./cards.js";
import { readJson, startCharts } from "./chart.js";
import { statusKey } from "./glyphs.js";
import { Legend } from "./legend.js";
import { numberedMarker } from "./markers.js";
import { sidePlates } from "./plates.js";
import { openPopup } from "./popup.js";
import { LEGEND, Unreviewed } from "./unreviewed.js";

const FAILED = "The outline of this place could not be loaded.";
const NONE = "mixed";

function spotOf({ geometry, properties }) {
  const [lon, lat] = geometry.coordinates;
  const key = properties.status ? statusKey(properties.status) : NONE;
  const sign = properties.number === undefined || properties.number === null ? "" : String(properties.number);
  return {
    ...properties,
    lat,
    lon,
    key,
    status: key,
    numbers: [sign],
    width: 30,
    bracket: Boolean(properties.bracket),
  };
}

class PlaceMap {
  #chart;
  #areas;
  #legend;
  #unreviewed;
  #spots = [];
  #outlines = [];

  constructor(chart) {
    this.#chart = chart;
    this.#areas = new Areas(chart.map);
    this.#legend = new Legend(chart.map);
    this.#unreviewed = new Unreviewed(chart.map, { withFilm: true });
  }

  async load(url) {
    let features = [];
    try {
      ({ features } = await readJson(url));
    } finally {
      this.#unreviewed.set(features);
      // Most places have none: no control without anything to choose.
      const { shows } = this.#unreviewed;
      this.#chart.offer(shows ? [this.#unreviewed.choice(() => this.#chart.refresh())] : []);
    }
    const of = (...roles) =>
      features.filter(({ properties, geometry }) => geometry && roles.includes(properties.role));
    this.#spots = of("place", "neighbour").map(spotOf);
    this.#outlines = of("area", "neighbour-area").map(({ geometry, properties }) => ({
      geometry,
      near: properties.role === "neighbour-area",
      key: statusKey(properties.status) || NONE,
    }));
    for (const spot of this.#spots) this.#mark(spot);
    for (const camera of of("camera")) cameraMarker(this.#chart.map, camera);
    if (!this.#chart.address?.restore()) this.#fit();
    this.#chart.refresh();
  }

  #mark(spot) {
    const note = spot.kind_word ?? spot.kind ?? "";
    const label = [spot.name, note].filter(Boolean).join(", ");
    const marker = numberedMarker([spot.lat, spot.lon], spot, { name: spot.name, note, label });
    spot.node = marker.addTo(this.#chart.map).getElement();
    spot.plate = spot.node.querySelector(".stop-plate");
    if (spot.role === "neighbour") spot.node.classList.add("is-neighbour");
    marker.on("click", () => {
      const { node, heading } = placeCard(spot);
      openPopup(this.#chart.map, marker.getLatLng(), node, { heading, from: spot.node });
    });
  }

  #fit() {
    const own = this.#spots.find(({ role }) => role === "place");
    if (!own) return;
    const reach = Math.max(own.uncertainty_m ?? 0, 2500);
    const bounds = window.L.latLng(own.lat, own.lon).toBounds(reach * 2);
    for (const { geometry, near } of this.#outlines)
      if (!near) bounds.extend(window.L.geoJSON(geometry).getBounds());
    this.#chart.map.fitBounds(bounds, { animate: false, maxZoom: 9, padding: [34, 34] });
  }

  layout(boxes) {
    this.#areas.clear();
    for (const { geometry, near, key } of this.#outlines)
      this.#areas.outline(geometry, key, near ? "neighbour" : "own");
    const outlined = this.#outlines.some(({ near }) => !near);
    for (const spot of this.#spots) {
      const { x, y } = this.#chart.map.latLngToContainerPoint([spot.lat, spot.lon]);
      Object.assign(spot, { x, y });
      boxes.add(around(x, y, spot.width + (spot.bracket ? 24 : 6), 34));
      if (spot.role === "place" && !outlined) this.#areas.uncertainty(spot);
    }
    this.#unreviewed.layout(boxes);
    // The words beside the map say what the other marks mean.
    if (this.#legend.set(this.#unreviewed.shows ? [LEGEND] : [])) this.#chart.refresh();
    sidePlates(this.#spots, boxes, new Boxes(), this.#chart.map.getSize());
  }
}

startCharts("place", (chart) => {
  const place = new PlaceMap(chart);
  chart.add(place);
  place.load(chart.root.dataset.source).catch(() => chart.say(FAILED));
});
