/** Sightings that nobody has looked at: hollow and dashed, beside the record. Every word enters as text. */

import { around } from "./boxes.js";
import { asButton } from "./buttons.js";
import { element, link } from "./element.js";
import { openPopup } from "./popup.js";

const SIZE = 26; // px
const ASIDE = [28, -24]; // px from its point: a stop may stand there
const WORD = "Unreviewed";

export const LEGEND = { mark: "is-unreviewed", words: "unreviewed" };

function line({ film, dates, url }, withFilm) {
  const words = [withFilm ? film : "", dates || "date not told"].filter(Boolean).join(", ");
  return element("p", { class: "card-where" }, link(url, words));
}

function card({ name, sightings }, withFilm) {
  const heading = element("p", { class: "card-title" }, `${WORD}: ${name}`);
  const note = "Nobody has looked at this yet. Only the municipality is told; it is no stop of the route.";
  const lines = sightings.map((one) => line(one, withFilm));
  const node = element(
    "div",
    { class: "card" },
    element("section", { class: "card-stop" }, heading, ...lines, element("p", { class: "card-where" }, note)),
  );
  return { heading, node };
}

/** The layer of a map; `withFilm`: a popup names the film, since the page is not that of one. */
export class Unreviewed {
  #map;
  #withFilm;
  #layer = window.L.layerGroup();
  #spots = [];
  #on = true;

  constructor(map, { withFilm = false } = {}) {
    this.#map = map;
    this.#withFilm = withFilm;
    this.#layer.addTo(map);
  }

  /** The choice for the layer control; `refresh` draws the map anew. */
  choice(refresh) {
    const change = (on) => {
      this.#on = on;
      this.#layer[on ? "addTo" : "removeFrom"](this.#map);
      refresh();
    };
    return { label: WORD, note: "nobody has looked yet", checked: this.#on, change };
  }

  get shows() {
    return this.#on && this.#spots.length > 0;
  }

  /** `features` of the role "unreviewed"; those of before go. */
  set(features) {
    this.#layer.clearLayers();
    this.#spots = features
      .filter(({ geometry, properties }) => geometry && properties.role === "unreviewed")
      .map((feature) => this.#spot(feature));
  }

  #spot({ geometry, properties }) {
    const [lon, lat] = geometry.coordinates;
    const icon = window.L.divIcon({
      className: "unreviewed-marker",
      iconSize: [SIZE, SIZE],
      iconAnchor: ASIDE.map((px) => SIZE / 2 - px),
      html: element("span", { class: "unreviewed-disc", "aria-hidden": "true" }, "?"),
    });
    const marker = window.L.marker([lat, lon], { icon, riseOnHover: true, zIndexOffset: 1000 });
    const count = properties.sightings.length;
    const many = count === 1 ? "1 sighting" : `${count} sightings`;
    asButton(marker, `${WORD}: ${properties.name}, ${many}`).addTo(this.#layer);
    marker.on("click", () => {
      const { node, heading } = card(properties, this.#withFilm);
      openPopup(this.#map, marker.getLatLng(), node, { heading, from: marker.getElement() });
    });
    return { lat, lon, marker };
  }

  /** Follow to the copy of the world that is looked at, and take room. */
  layout(boxes) {
    if (!this.#on) return;
    const looked = this.#map.getCenter().lng;
    for (const { lat, lon, marker } of this.#spots) {
      marker.setLatLng([lat, lon + 360 * Math.round((looked - lon) / 360)]);
      const { x, y } = this.#map.latLngToContainerPoint(marker.getLatLng());
      boxes.add(around(x + ASIDE[0], y + ASIDE[1], SIZE));
    }
  }
}
