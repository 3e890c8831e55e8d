/** The layer control: one button, a list of checkboxes. */

import { element } from "./element.js";

const ICON = "M2 6.5 9 3l7 3.5L9 10zM2 10l7 3.5 7-3.5M2 13.3 9 16.8l7-3.5";

function icon() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [name, value] of Object.entries({
    viewBox: "0 0 18 19",
    width: 18,
    height: 19,
    "aria-hidden": "true",
  }))
    svg.setAttribute(name, value);
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICON);
  svg.append(path);
  return svg;
}

/** `choices`: [{label, note, checked, change(on)}]. Returns the checkboxes in the same order. */
export function addLayers(map, choices) {
  const inputs = choices.map(({ checked, change }) =>
    element("input", { type: "checkbox", checked, on: { change: ({ target }) => change(target.checked) } }),
  );
  const rows = choices.map(({ label, note }, i) =>
    element("label", {}, inputs[i], element("span", {}, label, note ? element("small", {}, note) : null)),
  );
  const summary = element("summary", { "aria-label": "Layers", title: "Layers" }, icon());
  const box = element(
    "details",
    { class: "chart-layers" },
    summary,
    element("div", { class: "chart-choices", role: "group", "aria-label": "Layers" }, ...rows),
  );
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !box.open) return;
    event.stopPropagation();
    box.open = false;
    summary.focus();
  });
  document.addEventListener("pointerdown", ({ target }) => box.contains(target) || (box.open = false));
  place(map, "topright", box);
  return inputs;
}

/** Put a node into a corner of the map; what happens in it stays in it. */
export function place(map, position, node) {
  const control = window.L.control({ position });
  control.onAdd = () => {
    window.L.DomEvent.disableClickPropagation(node);
    window.L.DomEvent.disableScrollPropagation(node);
    node.classList.add("leaflet-control");
    return node;
  };
  return control.addTo(map);
}
