/** The map of a place's edit page: what is typed in the fields is drawn, and what is drawn is typed. */

import { Areas } from "./areas.js";
import { startCharts } from "./chart.js";
import { adapterOf, modes } from "./drawing.js";
import { element } from "./element.js";
import { place } from "./layers.js";
import { readVertices, textOf } from "./vertices.js";

const DECIMALS = 6;
const TOOLS = [
  ["point", "Point", "Click where it is."],
  ["linestring", "Line", "Click corner after corner; click the last one again to end the line."],
  ["polygon", "Area", "Click corner after corner; click the first one again to close the area."],
  ["select", "Move corners", "Click the shape, then drag its corners; a right click removes one."],
];
const SHAPES = { point: "Point", line: "LineString", area: "Polygon" };
const NAMES = { Point: "point", LineString: "line", Polygon: "area" };
const MODES = { Point: "point", LineString: "linestring", Polygon: "polygon" };

class ShapeField {
  #chart;
  #form;
  #areas;
  #draw;
  #said;
  #buttons = new Map();
  #writing = false;
  #shown = null;

  constructor(chart) {
    this.#chart = chart;
    this.#form = document.querySelector(chart.root.dataset.form);
    this.#said = this.#form.querySelector("[data-shape-said]");
    this.#areas = new Areas(chart.map);
    chart.offer();
    this.#draw = new window.terraDraw.TerraDraw({
      adapter: adapterOf(chart.map),
      modes: modes(),
    });
    this.#draw.start();
    this.#draw.setMode("static");
    this.#offerTools();
    this.#draw.on("finish", (id, { action }) => this.#finished(id, action));
    this.#form.addEventListener("input", () => this.#writing || this.#typed());
    this.#form.addEventListener("change", () => this.#writing || this.#typed());
    this.#typed();
    this.#fit();
  }

  #field(name) {
    return this.#form.querySelector(`[name="${name}"]`);
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
    const tools = element("div", { class: "shape-tools", role: "group", "aria-label": "Draw" }, ...buttons);
    place(this.#chart.map, "bottomleft", tools);
  }

  #choose(mode, how) {
    const active = this.#draw.getMode() === mode ? "static" : mode;
    this.#draw.setMode(active);
    for (const [name, button] of this.#buttons) button.setAttribute("aria-pressed", String(name === active));
    this.#said.textContent = active === "static" ? "" : how;
    this.#chart.moved = true;
  }

  /** Keep only what was drawn last, and write it down. */
  #finished(id, action) {
    const features = this.#draw.getSnapshot();
    const own = features.find((feature) => feature.id === id);
    if (!own || !NAMES[own.geometry.type]) return;
    if (action === "draw") {
      const others = features.filter((feature) => feature.id !== id && feature.properties.mode !== "select");
      if (others.length) this.#draw.removeFeatures(others.map((feature) => feature.id));
      this.#areas.clear();
      this.#shown = null;
    }
    this.#write(own.geometry);
  }

  #write({ type, coordinates }) {
    this.#writing = true;
    const name = NAMES[type];
    this.#form.querySelector(`[name="shape"][value="${name}"]`).checked = true;
    if (name === "point") {
      this.#field("lat").value = String(coordinates[1]);
      this.#field("lon").value = String(coordinates[0]);
    } else this.#field("vertices").value = textOf(type, coordinates);
    this.#field("geojson").value = "";
    this.#writing = false;
    this.#fold(name);
    this.#said.textContent = `Drawn: ${name}. It is saved with the form.`;
  }

  /** Draw what the fields say. */
  #typed() {
    const name = this.#form.querySelector('[name="shape"]:checked')?.value ?? "";
    this.#fold(name);
    this.#draw.clear();
    this.#shown = SHAPES[name] ? this.#geometry(name) : null;
    const simple = this.#shown && MODES[this.#shown.type];
    const isWhole = simple && (this.#shown.type !== "Polygon" || this.#shown.coordinates.length === 1);
    if (isWhole) {
      const [answer] = this.#draw.addFeatures([
        { type: "Feature", geometry: this.#shown, properties: { mode: simple } },
      ]);
      if (answer?.valid) this.#shown = { ...this.#shown, isDrawn: true };
    }
    this.#chart.refresh();
  }

  #geometry(name) {
    if (name !== "point") return readVertices(this.#field("vertices").value, name === "area");
    const [lat, lon] = ["lat", "lon"].map((field) => this.#field(field).value.trim().replace(",", "."));
    const isPoint = lat && lon && Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
    return isPoint ? { type: "Point", coordinates: [round(lon), round(lat)] } : null;
  }

  #fold(name) {
    for (const part of this.#form.querySelectorAll("[data-of]"))
      part.hidden = !part.dataset.of.split(" ").includes(name);
  }

  #fit() {
    if (!this.#shown) return;
    const bounds = window.L.geoJSON(this.#shown).getBounds();
    const metres = Number(this.#field("uncertainty_m").value) || 2500;
    const wide = this.#shown.type === "Point" ? bounds.getCenter().toBounds(metres * 2) : bounds;
    this.#chart.map.fitBounds(wide, { animate: false, maxZoom: 10, padding: [40, 40] });
  }

  layout() {
    this.#areas.clear();
    if (this.#shown && !this.#shown.isDrawn) this.#areas.outline(this.#shown, "mixed");
    if (this.#shown?.type !== "Point") return;
    const [lon, lat] = this.#shown.coordinates;
    const metres = Number(this.#field("uncertainty_m").value);
    this.#areas.uncertainty({ lat, lon, uncertainty_m: metres, key: "mixed" });
  }
}

const round = (degrees) => Number(Number(degrees).toFixed(DECIMALS));

document.documentElement.classList.add("has-scripts");
startCharts("shape", (chart) => chart.add(new ShapeField(chart)));
