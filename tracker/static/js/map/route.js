/** The film's map. The page's side of it is described at the top of tracker/maps/shell.py. */

import { followAsKnown, withDay } from "./asknown.js";
import { Boxes } from "./boxes.js";
import { legCard, stopsCard } from "./cards.js";
import { readJson, startCharts } from "./chart.js";
import { Inset } from "./inset.js";
import { Legend } from "./legend.js";
import { legendOf } from "./legend_of_route.js";
import { followList, lightEntries, markLater } from "./list.js";
import { openPopup } from "./popup.js";
import { carry, readRecord } from "./record.js";
import { followTime, markStops, sliderDay } from "./time.js";
import { Trail } from "./trail.js";
import { LEGEND, Unreviewed } from "./unreviewed.js";

const FAILED = "The route could not be loaded. The list of stops has everything.";
const INSET_SPACE = 300; // px kept free at the left when nothing else makes room for the inset

class Route {
  #chart;
  #trail;
  #inset;
  #legend;
  #unreviewed;
  #record = { stops: [], branches: [], areas: [], middle: 0 };
  #show = { planned: true, ghosts: false, uncertainty: true };
  #lit = new Set();

  constructor(chart) {
    this.#chart = chart;
    const act = {
      open: (stops, at, from) => this.#open(stops, at, from),
      leg: (branch, at) => openPopup(chart.map, at, ...Object.values(asPopup(legCard(branch), null, [0, 0]))),
      point: (stops, on) =>
        this.light(
          stops.map(({ shoot }) => shoot),
          on,
        ),
    };
    this.#trail = new Trail(chart.map, act);
    this.#inset = new Inset(chart, act);
    this.#legend = new Legend(chart.map);
    this.#unreviewed = new Unreviewed(chart.map);
    chart.offer([
      this.#choice("planned", "Planned", "dashed"),
      this.#choice("ghosts", "Ghosts", "cancelled or postponed"),
      this.#choice("uncertainty", "Uncertainty", "outlines and circles"),
      this.#unreviewed.choice(() => chart.refresh()),
    ]);
  }

  #choice(name, label, note) {
    const change = (on) => {
      this.#show[name] = on;
      this.#chart.refresh();
    };
    return { label, note, checked: this.#show[name], change };
  }

  async load(url, signal) {
    const found = await readJson(url, { signal });
    this.#record = readRecord(found);
    this.#unreviewed.set(found.features);
    this.setDay(sliderDay());
    this.#chart.say("");
    if (!this.#chart.moved && !this.#chart.address?.restore()) this.#fit();
  }

  setDay(day) {
    markStops(this.#record, day);
    markLater(this.#record.stops);
    this.#chart.refresh();
  }

  light(shoots, on) {
    for (const shoot of shoots) this.#lit[on ? "add" : "delete"](shoot);
    lightEntries(this.#lit);
    this.#trail.light(this.#lit);
    this.#inset.light(this.#lit);
  }

  #open(stops, at, from) {
    // A stop of the inset opens at its pill on the big map.
    const own = this.#trail.groups.find((group) => group.stops.some(({ shoot }) => shoot === stops[0].shoot));
    const anchor = own && !own.stops.includes(stops[0]) ? [own.marker.getLatLng(), own.node] : [at, from];
    openPopup(this.#chart.map, anchor[0], ...Object.values(asPopup(stopsCard(stops), anchor[1], [0, -10])));
  }

  /** What the layer control lets through. */
  #shown() {
    const { planned, ghosts } = this.#show;
    const wanted = (stop) => (planned || !stop.planned) && (ghosts || stop.role !== "ghost");
    const stops = this.#record.stops.filter(wanted);
    const branches = this.#record.branches.filter(({ a, b, planned: dashed }) => {
      return wanted(a) && wanted(b) && (planned || !dashed);
    });
    return { stops, branches, areas: this.#record.areas };
  }

  #fit() {
    const { stops, branches } = this.#shown();
    if (!stops.length) return;
    const { map } = this.#chart;
    const bounds = window.L.latLngBounds(stops.map(({ lat, lon }) => [lat, lon]));
    for (const { line } of branches) for (const [lon, lat] of line) bounds.extend([lat, lon]);
    for (const { lat, lon, uncertainty_m: metres } of stops)
      bounds.extend(window.L.latLng(lat, lon).toBounds(Math.min(metres ?? 0, 100000) * 2));
    const narrow = map.getSize().x < 600;
    const [x, y, below] = narrow ? [40, 34, 62] : [76, 48, 68];
    const fit = (left) =>
      map.fitBounds(bounds, {
        animate: false,
        maxZoom: 9,
        paddingTopLeft: [left, y],
        paddingBottomRight: [x, below],
      });
    fit(x);
    const boxes = new Boxes();
    this.layout(boxes);
    const crowded = this.#inset.wanted(stops);
    if (crowded.length && !this.#place(crowded)) fit(INSET_SPACE);
  }

  /** Room for an inset, as the stops and lines now lie. */
  #place(crowded) {
    const taken = new Boxes();
    taken.add(...this.#chart.controls(":not(.chart-inset)"));
    for (const { node } of this.#trail.groups) taken.add(...boxesOf(node, this.#chart.map.getContainer()));
    const lines = new Boxes();
    lines.add(...this.#trail.beads);
    return this.#inset.room(crowded, taken, lines);
  }

  layout(boxes) {
    carry(this.#record, this.#chart.map.getCenter().lng);
    const shown = this.#shown();
    const drawing = { lit: this.#lit, uncertainty: this.#show.uncertainty };
    this.#trail.draw(shown, boxes, { ...drawing, crowd: this.#inset.stops });
    this.#unreviewed.layout(boxes);
    const entries = legendOf(shown.stops, shown.branches, this.#trail.vague);
    if (this.#legend.set(this.#unreviewed.shows ? [...entries, LEGEND] : entries)) this.#chart.refresh();
    const before = this.#inset.spot;
    const crowded = this.#inset.wanted(shown.stops);
    const box = crowded.length ? this.#place(crowded) : null;
    if (box) this.#inset.show(shown, crowded, box, drawing);
    else this.#inset.hide();
    // Plates keep off the inset and say that it is there: once more when it came, went or moved.
    if (this.#inset.spot !== before) this.#chart.refresh();
  }
}

const asPopup = ({ node, heading }, from, offset) => ({ node, options: { heading, from, offset } });

function boxesOf(node, container) {
  const edge = container.getBoundingClientRect();
  return [...node.querySelectorAll(".stop-disc, .stop-plate")].flatMap((part) => {
    const { left, top, right, bottom, width } = part.getBoundingClientRect();
    return width
      ? [[left - edge.left - 8, top - edge.top - 8, right - edge.left + 8, bottom - edge.top + 8]]
      : [];
  });
}

startCharts("route", (chart) => {
  const route = new Route(chart);
  const source = chart.root.dataset.source;
  const failed = () => chart.say(FAILED);
  chart.add(route);
  route.load(source).catch(failed);
  followList((shoots, on) => route.light(shoots, on));
  followTime((day) => route.setDay(day));
  followAsKnown(
    (day, signal) => route.load(withDay(source, day), signal),
    () => route.setDay(sliderDay()),
    failed,
  );
});
