/** The one small map of a pasted text: it stands in the entry that was opened last, and shows that entry's places. */

let entry = null;
let heard = null;

/** Put the map into an entry; pins that are set on it are told to `pins` of that entry alone. */
export function settleMap(form, node, list, fields, pins) {
  const home = form.querySelector("#entry-map");
  const chart = home?.querySelector("[data-map=pick]");
  if (!chart) return;
  if (heard !== chart) chart.addEventListener("pin", ({ detail }) => entry?.pins.dispatchEvent(new CustomEvent("pin", { detail })));
  heard = chart;
  if (entry?.node !== node) {
    entry = { node, pins };
    node.querySelector("[data-map-here]").append(home);
    home.hidden = false;
  }
  window.dispatchEvent(new Event("resize"));
  chart.dispatchEvent(new CustomEvent("follow", { detail: { lists: [list], fields } }));
}

/** Keep the living map when the page around it is replaced: its scripts run once. */
export function keepMap(replace) {
  const chart = document.querySelector("[data-map=pick]");
  replace();
  entry = null;
  const place = document.querySelector("#entry-map [data-map=pick]");
  if (chart && place && chart !== place) {
    for (const name of ["candidates", "latField", "lonField", "accuracyField", "areaField", "form"]) delete chart.dataset[name];
    chart.className = place.className + (chart.classList.contains("has-streets") ? " has-streets" : "");
    place.replaceWith(chart);
  }
}
