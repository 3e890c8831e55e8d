/** A pin set by hand: where, and how exact. Its circle's edge is dragged; the fields say the same for the keyboard. */

import { element } from "./element.js";

const USUAL_M = 500;
const [LEAST_M, MOST_M] = [5, 200_000];
const METRES_PER_DEGREE = 111_320;

/** Two significant digits: nobody drags more exactly. */
function rounded(metres) {
  const held = Math.min(Math.max(metres, LEAST_M), MOST_M);
  const step = 10 ** Math.max(Math.floor(Math.log10(held)) - 1, 0);
  return Math.round(held / step) * step;
}

const number = (field) => {
  const words = field?.value.trim().replace(",", ".");
  return words ? Number(words) : NaN;
};

export class Pin {
  #map;
  #fields;
  #moved;
  #marker;
  #circle;
  #edge;
  #writing = false;
  #known = new WeakSet();

  /** `fields` are {lat, lon, accuracy}, each an input or null; `moved({lat, lon})` is told of each new point. */
  constructor(map, fields, moved) {
    this.#map = map;
    this.#moved = moved;
    const { L } = window;
    const mark = (className) => L.divIcon({ className, iconSize: [0, 0], html: element("span", { "aria-hidden": "true" }) });
    this.#marker = L.marker([0, 0], { icon: mark("pick-pin"), keyboard: false, interactive: false });
    this.#circle = L.circle([0, 0], { className: "stop-area is-own is-mixed", pane: "areas", interactive: false, radius: 1 });
    this.#edge = L.marker([0, 0], { icon: mark("pick-edge"), keyboard: false, draggable: true });
    this.#edge.on("drag", ({ latlng }) => this.#stretch(latlng));
    this.#edge.on("dragend", () => this.draw());
    this.follow(fields);
  }

  get isSet() {
    return Boolean(this.#marker._map);
  }

  /** Go on with other fields: those of another entry. */
  follow(fields) {
    this.#fields = fields;
    this.#hide();
    this.restore();
    if (this.#known.has(fields)) return;
    this.#known.add(fields);
    for (const name of ["lat", "lon"]) fields[name]?.addEventListener("input", () => this.#typed(fields));
    fields.accuracy?.addEventListener("input", () => this.#fields === fields && !this.#writing && this.draw());
  }

  /** Show what the fields say, without telling anybody. */
  restore() {
    const point = this.#point();
    if (point) this.#put(point);
  }

  set({ lat, lng }) {
    const precise = { lat: Number(lat.toFixed(5)), lon: Number(lng.toFixed(5)) };
    this.#write({ ...precise, accuracy: this.#fields.accuracy?.value || USUAL_M });
    this.#put(precise);
    this.#moved(precise);
  }

  clear() {
    if (!this.isSet) return false;
    this.#hide();
    this.#write({ lat: "", lon: "" });
    return true;
  }

  /** Draw the circle as wide as the field says. */
  draw() {
    if (!this.isSet) return;
    const metres = number(this.#fields.accuracy) || USUAL_M;
    const { lat, lng } = this.#marker.getLatLng();
    this.#circle.setLatLng([lat, lng]).setRadius(metres).addTo(this.#map);
    const east = metres / (METRES_PER_DEGREE * Math.max(Math.cos((lat * Math.PI) / 180), 0.01));
    this.#edge.setLatLng([lat, lng + east]).addTo(this.#map);
  }

  #stretch(latlng) {
    const metres = rounded(this.#map.distance(this.#marker.getLatLng(), latlng));
    this.#circle.setRadius(metres);
    this.#write({ accuracy: metres });
  }

  #typed(fields) {
    if (this.#fields !== fields || this.#writing) return;
    const point = this.#point();
    if (!point) return this.#hide();
    this.#put(point);
    this.#map.panTo([point.lat, point.lon], { animate: false });
    this.#moved(point);
  }

  #point() {
    const [lat, lon] = [number(this.#fields.lat), number(this.#fields.lon)];
    return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon } : null;
  }

  #put({ lat, lon }) {
    this.#marker.setLatLng([lat, lon]).addTo(this.#map);
    this.draw();
  }

  #hide() {
    for (const layer of [this.#marker, this.#circle, this.#edge]) layer.remove();
  }

  #write(values) {
    this.#writing = true;
    for (const [name, value] of Object.entries(values)) {
      const field = this.#fields[name];
      if (!field) continue;
      field.value = String(value);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    this.#writing = false;
  }
}
