/** An area drawn by hand in place of a pin; the field holds its corners, one "lat, lon" a line. */

import { adapterOf, modes } from "./drawing.js";
import { element } from "./element.js";
import { place } from "./layers.js";
import { readVertices, textOf } from "./vertices.js";

const TOOLS = [
  ["polygon", "Draw an area", "Click corner after corner; click the first one again to close the area."],
  ["select", "Move corners", "Click the area, then drag its corners; a right click removes one."],
];

export class OwnArea {
  #chart;
  #field;
  #draw;
  #drawn;
  #buttons = new Map();
  #writing = false;

  /** `drawn()` is called when an area was drawn or typed. */
  constructor(chart, field, drawn) {
    this.#chart = chart;
    this.#field = field;
    this.#drawn = drawn;
    this.#draw = new window.terraDraw.TerraDraw({ adapter: adapterOf(chart.map), modes: modes() });
    this.#draw.start();
    this.#draw.setMode("static");
    this.#draw.on("finish", (id, { action }) => this.#finished(id, action));
    field.addEventListener("input", () => this.#writing || this.#typed());
    this.#offerTools();
    this.restore();
  }

  /** Whether a click belongs to the drawing. */
  get isDrawing() {
    return this.#draw.getMode() !== "static";
  }

  /** Draw what the field says; false while it says nothing that can be drawn. */
  restore() {
    this.#draw.clear();
    this.#buttons.get("select").hidden = true;
    const geometry = readVertices(this.#field.value, true);
    if (geometry?.type !== "Polygon" || geometry.coordinates.length !== 1) return false;
    this.#buttons.get("select").hidden = false;
    this.#draw.addFeatures([{ type: "Feature", geometry, properties: { mode: "polygon" } }]);
    const bounds = window.L.geoJSON(geometry).getBounds();
    if (!this.#chart.map.getBounds().contains(bounds))
      this.#chart.map.fitBounds(bounds, { animate: false, padding: [30, 30] });
    return true;
  }

  clear() {
    if (!this.#field.value) return;
    this.#draw.clear();
    this.#buttons.get("select").hidden = true;
    this.#write("");
  }

  remove() {
    this.#draw.stop();
    this.#buttons.get("polygon").closest(".leaflet-control").remove();
  }

  #offerTools() {
    const buttons = TOOLS.map(([mode, words, how]) => {
      const choose = () => this.#choose(mode, how);
      const button = element(
        "button",
        { type: "button", class: "chart-button", "aria-pressed": "false", on: { click: choose } },
        words,
      );
      this.#buttons.set(mode, button);
      return button;
    });
    const tools = element("div", { class: "shape-tools", role: "group", "aria-label": "Area" }, ...buttons);
    place(this.#chart.map, "bottomleft", tools);
  }

  #choose(mode, how) {
    const active = this.#draw.getMode() === mode ? "static" : mode;
    this.#draw.setMode(active);
    for (const [name, button] of this.#buttons) button.setAttribute("aria-pressed", String(name === active));
    this.#chart.say(active === "static" ? "" : how);
    this.#chart.moved = true;
  }

  /** Keep only what was drawn last, and write it down. */
  #finished(id, action) {
    const features = this.#draw.getSnapshot();
    const own = features.find((feature) => feature.id === id);
    if (own?.geometry.type !== "Polygon") return;
    const others = features.filter((feature) => feature.id !== id && feature.properties.mode === "polygon");
    if (action === "draw" && others.length) this.#draw.removeFeatures(others.map((feature) => feature.id));
    this.#write(textOf("Polygon", own.geometry.coordinates));
    this.#buttons.get("select").hidden = false;
    this.#chart.say("The area is drawn. It is sent with the form.");
    if (action === "draw") setTimeout(() => this.#choose("polygon", ""));
    this.#drawn();
  }

  #typed() {
    if (this.restore()) this.#drawn();
  }

  #write(text) {
    this.#writing = true;
    this.#field.value = text;
    this.#field.dispatchEvent(new Event("input", { bubbles: true }));
    this.#writing = false;
  }
}
