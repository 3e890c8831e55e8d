/** Streets: a raster layer from the settings' address, asked for only once somebody chose it. */

const KEY = "shot-here:streets";
const DEEPEST = 19;

function remembered() {
  try {
    return localStorage.getItem(KEY) === "on";
  } catch {
    return false; // storage may be forbidden; then the choice lasts as long as the page
  }
}

function remember(on) {
  try {
    localStorage.setItem(KEY, on ? "on" : "off");
  } catch {
    // see above
  }
}

const escaped = (text) => new Option(text).innerHTML.replaceAll('"', "&quot;");

export class Streets {
  #map;
  #layer;
  #offline;
  #changed;

  /** `changed()` is called when the layer was switched. */
  constructor(map, { tileUrl, tileAttribution, tileAttributionUrl }, changed) {
    this.#map = map;
    this.#offline = { deepest: map.getMaxZoom(), snap: map.options.zoomSnap };
    this.#changed = changed;
    const words = escaped(tileAttribution ?? "");
    const credit = tileAttributionUrl ? `<a href="${escaped(tileAttributionUrl)}">${words}</a>` : words;
    this.#layer = window.L.tileLayer(tileUrl, { maxZoom: DEEPEST, attribution: credit });
  }

  get on() {
    return this.#map.hasLayer(this.#layer);
  }

  restore() {
    if (remembered()) this.set(true);
  }

  set(on) {
    remember(on);
    if (on === this.on) return;
    const map = this.#map;
    map.options.zoomSnap = on ? 1 : this.#offline.snap;
    if (on) map.setMaxZoom(DEEPEST).addLayer(this.#layer);
    else map.removeLayer(this.#layer).setMaxZoom(this.#offline.deepest);
    if (on) map.setZoom(Math.round(map.getZoom()), { animate: false });
    this.#changed();
  }
}
