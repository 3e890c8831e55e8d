/** A film's stops and legs on one Leaflet map: the chart's own, or the inset's. */

import { Areas } from "./areas.js";
import { around, Boxes } from "./boxes.js";
import { grouped, sharedName, signOf, underName } from "./groups.js";
import { Legs } from "./legs.js";
import { numberedMarker } from "./markers.js";
import { sidePlates } from "./plates.js";

const spoken = (stop) => {
  const { role, number, name, kind, status_word: status, grade, grade_word: word, bracket } = stop;
  const first =
    { floater: "Beside the line", undated: "Undated", ghost: "Not on the line" }[role] ?? `Stop ${number}`;
  const grading = grade ? `${grade} ${word ?? ""}`.trim() : "";
  return [first, stop.unit_word, name, kind, status, grading, bracket ? "order unknown" : ""].filter(Boolean).join(", ");
};

export const spokenGroup = (stops) =>
  stops.length === 1 ? spoken(stops[0]) : `${stops.length} stops here: ${stops.map(spoken).join("; ")}`;

export class Trail {
  #map;
  #areas;
  #legs;
  #markers;
  #groups = [];
  #drawn = "";
  #still;
  #act;

  /**
   * `act.open(stops, latLng, from)` and `act.leg(branch, latLng)` answer clicks, `act.point(stops, on)` pointing.
   * `still`: a picture only, out of reach of keyboard and screen reader (the inset).
   */
  constructor(map, act, { still = false } = {}) {
    this.#map = map;
    this.#act = act;
    this.#still = still;
    this.#areas = new Areas(map);
    this.#legs = new Legs(map, still ? null : act.leg);
    this.#markers = window.L.layerGroup().addTo(map);
  }

  get groups() {
    return this.#groups;
  }

  /** Whether an outline or a circle is drawn. */
  vague = false;

  /** Small boxes along the lines, as drawn last. */
  beads = [];

  /** Draw the record, take its room from `boxes`. `crowd`: stops that have an inset; `lit`: shoots to light up. */
  draw({ stops, branches, areas }, boxes, { crowd = [], lit = new Set(), uncertainty = true } = {}) {
    const size = this.#map.getSize();
    for (const stop of stops) {
      const { x, y } = this.#map.latLngToContainerPoint([stop.lat, stop.lon]);
      Object.assign(stop, { x, y });
    }
    this.#groups = grouped(stops, this.#still ? 9 : 0);
    if (this.#still) for (const group of this.#groups) group.bracket = false; // no room; the pill's plate says it
    this.#renew(crowd);
    this.light(lit);
    this.#drawAreas(stops, areas, uncertainty);
    const anchors = new Map(
      this.#groups.flatMap((group) => group.stops.map((stop) => [stop, [group.x, group.y]])),
    );
    this.beads = this.#legs.draw(branches, (stop) => anchors.get(stop));
    for (const { x, y, width, bracket } of this.#groups)
      boxes.add(around(x, y, width + (bracket ? 24 : 6), 34));
    const lines = new Boxes();
    lines.add(...this.beads);
    sidePlates(this.#groups, boxes, lines, size);
    boxes.add(...this.beads);
  }

  /** Markers are made anew only when the groups changed: a marker in use keeps its focus. */
  #renew(crowd) {
    const say = (group) => {
      const inset = crowd.length > 0 && crowd.every((stop) => group.stops.includes(stop));
      const note = this.#still ? "" : underName(group, inset);
      return { name: sharedName(group.stops, this.#still), note, label: spokenGroup(group.stops) };
    };
    const key = JSON.stringify([
      this.#map.getZoom(),
      this.#groups.map((group) => [
        group.stops.map(({ shoot, role, lon }) => [shoot, role, lon]),
        group.status,
        say(group),
      ]),
    ]);
    if (key === this.#drawn) {
      const layers = this.#markers.getLayers();
      this.#groups.forEach((group, i) => this.#attach(group, layers[i]));
      return;
    }
    const held = document.activeElement?.dataset?.shoots?.split(" ");
    this.#drawn = key;
    this.#markers.clearLayers();
    for (const group of this.#groups) {
      const at = this.#map.containerPointToLatLng([group.x, group.y]);
      const marker = numberedMarker(at, group, { ...say(group), still: this.#still });
      this.#attach(group, marker.addTo(this.#markers));
      this.#listen(marker);
    }
    const again =
      held && this.#groups.find(({ stops }) => stops.some(({ shoot }) => held.includes(String(shoot))));
    again?.node.focus({ preventScroll: true });
  }

  #attach(group, marker) {
    group.marker = marker;
    group.node = marker.getElement();
    group.plate = group.node.querySelector(".stop-plate");
    group.node.dataset.shoots = group.stops.map(({ shoot }) => shoot).join(" ");
    marker.stops = group.stops;
  }

  #listen(marker) {
    const node = marker.getElement();
    marker.on("click", () => this.#act.open(marker.stops, marker.getLatLng(), node));
    for (const [event, on] of [
      ["mouseenter", true],
      ["mouseleave", false],
      ["focus", true],
      ["blur", false],
    ])
      node.addEventListener(event, () => this.#act.point(marker.stops, on));
  }

  light(lit) {
    for (const { node, stops, marker } of this.#groups) {
      const on = stops.some(({ shoot }) => lit.has(shoot));
      node.classList.toggle("is-lit", on);
      node.classList.toggle(
        "is-later",
        stops.every(({ later }) => later),
      );
      for (const part of node.querySelectorAll(".stop-numbers span"))
        part.classList.toggle(
          "is-later",
          stops.every((stop) => stop.later || signOf(stop) !== part.textContent),
        );
      marker.setZIndexOffset(on ? 1000 : 0);
    }
  }

  #drawAreas(stops, areas, uncertainty) {
    this.#areas.clear();
    this.vague = false;
    if (!uncertainty) return;
    const byShoot = new Map(stops.map((stop) => [stop.shoot, stop]));
    const outlined = new Set();
    for (const { geometry, properties } of areas) {
      const stop = byShoot.get(properties.shoot);
      if (!stop || stop.later) continue;
      outlined.add(stop);
      this.#areas.outline(geometry, stop.key, "own", stop.lon);
      this.vague = true;
    }
    const seen = new Set();
    for (const stop of stops) {
      const place = [stop.lat, stop.lon, stop.uncertainty_m, stop.key].join();
      if (stop.later || outlined.has(stop) || seen.has(place)) continue;
      seen.add(place);
      if (this.#areas.uncertainty(stop)) this.vague = true;
    }
  }
}
