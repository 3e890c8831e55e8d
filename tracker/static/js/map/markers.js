/** Numbered markers: colour, border and shape by status, brackets where the order is unknown, a name plate. */

import { asButton } from "./buttons.js";
import { element } from "./element.js";

function face({ numbers, status, bracket }) {
  const signs = numbers.flatMap((number, i) => [i ? element("i") : null, element("span", {}, number)]);
  const disc = element("span", { class: "stop-disc" }, element("span", { class: "stop-numbers" }, ...signs));
  return element(
    "span",
    {
      class: `stop-face is-${status}${bracket ? " is-bracketed" : ""}${numbers.length > 1 ? " is-pill" : ""}`,
    },
    disc,
  );
}

function plate(name, note) {
  return element("span", { class: "stop-plate" }, name, note ? element("small", {}, note) : null);
}

/** `label` is read out in place of the picture. Returns a Leaflet marker; its plate is placed by `sidePlates`. */
export function numberedMarker(at, group, { name = "", note = "", label, still = false }) {
  const body = element("span", { class: "stop-body", "aria-hidden": "true" }, face(group));
  if (name) body.append(plate(name, note));
  const icon = window.L.divIcon({ className: "stop-marker", iconSize: [group.width - 2, 28], html: body });
  const marker = window.L.marker(at, { icon, keyboard: !still, interactive: true, riseOnHover: true });
  if (!still) return asButton(marker, label);
  return marker.on("add", () => marker.getElement().setAttribute("aria-hidden", "true"));
}
