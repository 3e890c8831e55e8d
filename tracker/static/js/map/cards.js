/** What the popups say; every word from the record enters as text. */

import { element, link } from "./element.js";
import { glyph } from "./glyphs.js";

const sentence = (text) => (text ? text[0].toUpperCase() + text.slice(1) : "");

const classPart = (value) =>
  String(value)
    .toLowerCase()
    .replace(/[^a-z]+/g, "-");

function facts(stop) {
  const lines = [];
  const where = [stop.kind_word ?? stop.kind, stop.where].filter(Boolean).join(", ");
  if (where) lines.push(element("p", { class: "card-where" }, sentence(where)));
  if (stop.unit_word) lines.push(element("p", { class: "card-where" }, stop.unit_word));
  if (stop.dates) lines.push(element("p", { class: "card-dates" }, stop.dates));
  const [plays, ...others] = stop.plays ?? [];
  if (plays) {
    const also = others.length ? `; other sources say ${others.join(" or ")}` : "";
    lines.push(element("p", { class: "card-plays" }, `Plays ${plays}${also}`));
  }
  const told = [stop.scene, stop.in_film].filter(Boolean).join(". ");
  if (told) lines.push(element("p", { class: "card-why" }, told));
  const marks = element("p", { class: "card-marks" });
  if (stop.status_word)
    marks.append(
      element(
        "span",
        { class: `status status-${classPart(stop.status)}` },
        glyph(stop.key),
        stop.status_word,
      ),
    );
  if (stop.grade)
    marks.append(
      element(
        "span",
        { class: `grade grade-${classPart(stop.grade)}` },
        element("b", {}, stop.grade),
        stop.grade_word ?? "",
      ),
    );
  if (marks.childNodes.length) lines.push(marks);
  if (stop.why_grade) lines.push(element("p", { class: "card-why" }, stop.why_grade));
  const count = Number(stop.sources) || 0;
  const sources = count ? `${count} ${count === 1 ? "source" : "sources"}` : "No source";
  const anchor = stop.anchor_id
    ? link(`${location.pathname}${location.search}#${stop.anchor_id}`, "In the list")
    : null;
  if (stop.sources !== undefined)
    lines.push(element("p", { class: "card-more" }, sources, anchor ? " · " : null, anchor));
  return lines;
}

function stopCard(stop) {
  const number =
    stop.number === null || stop.number === undefined
      ? null
      : element("span", { class: "card-number" }, String(stop.number));
  const name = element("p", { class: "card-title" }, number, link(stop.url, stop.name));
  return { name, node: element("section", { class: "card-stop" }, name, ...facts(stop)) };
}

/** One section for each stop of a marker. Returns the node and its heading. */
export function stopsCard(stops) {
  const parts = stops.map(stopCard);
  return {
    node: element("div", { class: "card" }, ...parts.map(({ node }) => node)),
    heading: parts[0].name,
  };
}

const kilometres = (metres) => `${Math.round(metres / 1000).toLocaleString("en")} km`;

export function legCard({ leg, a, b }) {
  const heading = element("p", { class: "card-title" }, `${a.name} to ${b.name}`);
  const words =
    leg.words ?? [leg.distance_m ? kilometres(leg.distance_m) : "", leg.why].filter(Boolean).join(" · ");
  const node = element(
    "div",
    { class: "card" },
    element("section", { class: "card-stop" }, heading, element("p", { class: "card-why" }, words)),
  );
  return { node, heading };
}

/** A place of the world map: its name and the films that were shot there. */
export function placeCard(place) {
  const heading = element("p", { class: "card-title" }, link(place.url, place.name));
  const lines = [];
  const kind = place.kind_word ?? place.kind;
  if (kind) lines.push(element("p", { class: "card-where" }, sentence(kind)));
  const films = place.productions ?? [];
  const title = (film) => (typeof film === "string" ? film : film.title);
  if (films.length)
    lines.push(
      element(
        "ul",
        { class: "card-films" },
        ...films.slice(0, 6).map((film) => element("li", {}, link(film.url, title(film)))),
      ),
    );
  if (films.length > 6) lines.push(element("p", { class: "card-why" }, `and ${films.length - 6} more`));
  const node = element(
    "div",
    { class: "card" },
    element("section", { class: "card-stop" }, heading, ...lines),
  );
  return { node, heading };
}
