/** The map of a form: candidates from the list on the page as dots, a pin where somebody clicks. */

import { Areas } from "./areas.js";
import { around } from "./boxes.js";
import { asButton } from "./buttons.js";
import { startCharts } from "./chart.js";
import { element } from "./element.js";
import { place } from "./layers.js";

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
  #fields;
  #candidates = [];
  #areas;
  #lit = null;
  #pin = null;

  constructor(chart) {
    const { candidates, latField, lonField } = chart.root.dataset;
    this.#chart = chart;
    this.#areas = new Areas(chart.map);
    this.#lists = candidates ? [...document.querySelectorAll(candidates)] : [];
    this.#fields = [latField, lonField].map((selector) =>
      selector ? document.querySelector(selector) : null,
    );
    chart.offer();
    chart.map.on("click", ({ latlng }) => this.#setPin(latlng.wrap()));
    // A pin that something else on the page knows, such as where a photo was taken.
    chart.root.addEventListener("set-pin", ({ detail: { lat, lon } }) => {
      this.#setPin(window.L.latLng(lat, lon));
      chart.map.setView([lat, lon], Math.max(chart.map.getZoom(), 8), { animate: false });
    });
    this.#offerMiddle();
    this.#follow();
    this.#read();
    this.#restorePin();
  }

  /** The same as a click, for those who use the keyboard. */
  #offerMiddle() {
    const put = () => this.#setPin(this.#chart.map.getCenter().wrap());
    place(
      this.#chart.map,
      "bottomleft",
      element("button", { type: "button", class: "chart-button", on: { click: put } }, "Pin the middle"),
    );
  }

  #follow() {
    const watch = new MutationObserver(() => this.#read());
    const of = (target) => this.#candidates.find(({ nodes }) => nodes.some((node) => node.contains(target)));
    for (const list of this.#lists) {
      watch.observe(list, { childList: true, subtree: true });
      for (const event of ["mouseover", "focusin"])
        list.addEventListener(event, ({ target }) => this.#light(of(target) ?? null));
      for (const event of ["mouseout", "focusout"]) list.addEventListener(event, () => this.#light(null));
      list.addEventListener("active", ({ detail }) => this.#light((detail && of(detail)) ?? null));
      list.addEventListener("change", ({ target }) => {
        if (of(target) ?? target.closest("[data-candidate]")) this.#clearPin();
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

  #restorePin() {
    const [lat, lon] = this.#fields.map((field) => (field?.value ? Number(field.value) : NaN));
    if (Number.isFinite(lat) && Number.isFinite(lon))
      this.#setPin(window.L.latLng(lat, lon), { quiet: true });
  }

  #setPin({ lat, lng }, { quiet = false } = {}) {
    this.#pin ??= window.L.marker([lat, lng], {
      icon: window.L.divIcon({
        className: "pick-pin",
        iconSize: [0, 0],
        html: element("span", { "aria-hidden": "true" }),
      }),
      keyboard: false,
      interactive: false,
    });
    this.#pin.setLatLng([lat, lng]).addTo(this.#chart.map);
    if (quiet) return;
    for (const { input } of this.#candidates) if (input?.checked) input.checked = false;
    this.#paint();
    const precise = { lat: Number(lat.toFixed(5)), lon: Number(lng.toFixed(5)) };
    this.#fill(precise.lat, precise.lon);
    this.#chart.moved = true;
    this.#chart.say(`Pin at ${precise.lat.toFixed(3)}°, ${precise.lon.toFixed(3)}°.`);
    this.#chart.root.dispatchEvent(new CustomEvent("pin", { bubbles: true, detail: precise }));
  }

  #clearPin() {
    if (!this.#pin?._map) return;
    this.#pin.remove();
    this.#fill("", "");
    this.#chart.say("");
  }

  #fill(...values) {
    this.#fields.forEach((field, i) => {
      if (!field) return;
      field.value = values[i];
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }

  layout(boxes) {
    this.#paint();
    for (const { lat, lon } of this.#candidates) {
      const { x, y } = this.#chart.map.latLngToContainerPoint([lat, lon]);
      boxes.add(around(x, y, 24));
    }
  }
}

startCharts("pick", (chart) => chart.add(new Pick(chart)));
