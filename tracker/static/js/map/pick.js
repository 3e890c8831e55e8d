/** The map of a form: candidates from the list on the page as dots, a pin where somebody clicks. */

import { Areas } from "./areas.js";
import { around } from "./boxes.js";
import { asButton } from "./buttons.js";
import { startCharts } from "./chart.js";
import { element } from "./element.js";
import { place } from "./layers.js";
import { OwnArea } from "./own-area.js";
import { Pin } from "./pin.js";

const NEARBY_METRES = 30000;

const dot = () => element("span", { class: "pick-dot", "aria-hidden": "true" });

function candidateOf(nodes) {
  const { lat, lon, uncertainty, name } = nodes[0].dataset;
  const inputs = nodes.map((node) => (node.matches("input") ? node : node.querySelector("input[type=radio]")));
  return {
    nodes,
    lat: Number(lat),
    lon: Number(lon),
    uncertainty_m: Number(uncertainty) || 0,
    name: name ?? "",
    input: inputs.find(Boolean) ?? null,
    key: "wrapped",
  };
}

class Pick {
  #chart;
  #lists;
  #candidates = [];
  #areas;
  #lit = null;
  #pin;
  #watch;
  #known = new WeakSet();
  #area = null;

  constructor(chart) {
    const { candidates, latField, lonField, accuracyField, areaField, form } = chart.root.dataset;
    const field = (selector) => (selector ? document.querySelector(selector) : null);
    this.#chart = chart;
    this.#areas = new Areas(chart.map);
    this.#lists = candidates ? [...document.querySelectorAll(candidates)] : [];
    const fields = { lat: field(latField), lon: field(lonField), accuracy: field(accuracyField) };
    this.#pin = new Pin(chart.map, fields, (point) => this.#usePin(point));
    chart.offer();
    // A pin that something else on the page knows, such as where a photo was taken.
    chart.root.addEventListener("set-pin", ({ detail: { lat, lon } }) => {
      this.#pin.set(window.L.latLng(lat, lon));
      chart.map.setView([lat, lon], Math.max(chart.map.getZoom(), 8), { animate: false });
    });
    chart.map.on("click", ({ latlng }) => this.#area?.isDrawing || this.#pin.set(latlng.wrap()));
    this.#offerMiddle();
    if (field(areaField) && window.terraDraw)
      this.#area = new OwnArea(chart, field(areaField), () => this.#useArea());
    field(form)?.addEventListener("restored", () => {
      this.#pin.restore();
      this.#area?.restore();
    });
    this.#watch = new MutationObserver(() => this.#read());
    this.#follow(this.#lists);
    this.#read();
    chart.root.addEventListener("follow", ({ detail }) => this.#turnTo(detail));
  }

  /** The same as a click, for those who use the keyboard. */
  #offerMiddle() {
    const put = () => this.#pin.set(this.#chart.map.getCenter().wrap());
    place(
      this.#chart.map,
      "bottomleft",
      element("button", { type: "button", class: "chart-button", on: { click: put } }, "Pin the middle"),
    );
  }

  /** Show the places of other lists, and write into other fields: those of the entry that was opened. */
  #turnTo({ lists, fields }) {
    this.#lists = lists;
    this.#watch.disconnect();
    this.#follow(lists);
    this.#chart.moved = false;
    this.#area?.remove();
    this.#area = null;
    this.#pin.follow(fields);
    this.#read();
  }

  #follow(lists) {
    const of = (target) => this.#candidates.find(({ nodes }) => nodes.some((node) => node.contains(target)));
    for (const list of lists) {
      this.#watch.observe(list, { childList: true, subtree: true });
      if (this.#known.has(list)) continue;
      this.#known.add(list);
      for (const event of ["mouseover", "focusin"])
        list.addEventListener(event, ({ target }) => this.#light(of(target) ?? null));
      for (const event of ["mouseout", "focusout"]) list.addEventListener(event, () => this.#light(null));
      list.addEventListener("active", ({ detail }) => this.#light((detail && of(detail)) ?? null));
      list.addEventListener("change", ({ target }) => {
        if (of(target) ?? target.closest("[data-candidate]")) this.#clearOwn();
        this.#paint();
      });
    }
  }

  #read() {
    for (const { marker } of this.#candidates) marker.remove();
    const nodes = this.#lists.flatMap((list) => [...list.querySelectorAll("[data-candidate]")]);
    const byPlace = new Map();
    for (const node of nodes.filter(({ dataset }) => dataset.lat && dataset.lon)) {
      const known = byPlace.get(node.dataset.candidate);
      // A place may stand in the list that opens and among what is chosen.
      if (known) known.push(node);
      else byPlace.set(node.dataset.candidate, [node]);
    }
    this.#candidates = [...byPlace.values()]
      .map(candidateOf)
      .map((candidate) => ({ ...candidate, marker: this.#mark(candidate) }));
    this.#fit();
    this.#paint();
    this.#chart.refresh();
  }

  #mark(candidate) {
    const icon = window.L.divIcon({ className: "pick-marker", iconSize: [22, 22], html: dot() });
    const marker = window.L.marker([candidate.lat, candidate.lon], { icon, riseOnHover: true });
    asButton(marker, `Choose ${candidate.name}`).addTo(this.#chart.map);
    marker.on("click", () => {
      (candidate.input ?? candidate.nodes[0]).click();
      candidate.input?.focus({ preventScroll: true });
    });
    return marker;
  }

  #light(candidate) {
    this.#lit = candidate;
    this.#paint();
  }

  #paint() {
    this.#areas.clear();
    for (const candidate of this.#candidates) {
      const chosen = Boolean(candidate.input?.checked);
      const lit = this.#lit === candidate;
      const node = candidate.marker.getElement();
      node.classList.toggle("is-chosen", chosen);
      node.classList.toggle("is-lit", lit);
      if (chosen || lit) this.#areas.uncertainty(candidate);
    }
  }

  #fit() {
    if (!this.#candidates.length || this.#chart.moved) return;
    const bounds = window.L.latLngBounds([]);
    for (const { lat, lon, uncertainty_m: metres } of this.#candidates)
      bounds.extend(window.L.latLng(lat, lon).toBounds(Math.max(metres, NEARBY_METRES) * 2));
    this.#chart.map.fitBounds(bounds, { animate: false, maxZoom: 8, padding: [30, 30] });
  }

  #usePin(point) {
    this.#area?.clear();
    this.#uncheck();
    this.#chart.moved = true;
    this.#chart.say(`Pin at ${point.lat.toFixed(3)}°, ${point.lon.toFixed(3)}°. Drag the edge of its circle to say how exact it is.`);
    this.#tell("pin", point);
  }

  #useArea() {
    this.#pin.clear();
    this.#uncheck();
    this.#chart.moved = true;
    this.#tell("area");
  }

  #uncheck() {
    for (const { input } of this.#candidates) if (input?.checked) input.checked = false;
    this.#paint();
  }

  #tell(name, detail = null) {
    this.#chart.root.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }

  #clearOwn() {
    if (this.#pin.clear()) this.#chart.say("");
    this.#area?.clear();
  }

  layout(boxes) {
    this.#paint();
    this.#pin.draw();
    for (const { lat, lon } of this.#candidates) {
      const { x, y } = this.#chart.map.latLngToContainerPoint([lat, lon]);
      boxes.add(around(x, y, 24));
    }
  }
}

startCharts("pick", (chart) => chart.add(new Pick(chart)));
