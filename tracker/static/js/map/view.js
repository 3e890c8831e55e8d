/** The view of a map: fitted without animation, kept in the address as #map=zoom/lat/lon. */

const PATTERN = /^#map=(\d+(?:\.\d+)?)\/(-?\d+(?:\.\d+)?)\/(-?\d+(?:\.\d+)?)$/;

export function readView(hash) {
  const found = PATTERN.exec(hash);
  if (!found) return null;
  const [zoom, lat, lon] = found.slice(1).map(Number);
  return zoom <= 22 && Math.abs(lat) <= 85.06 && Math.abs(lon) <= 540 ? { zoom, lat, lon } : null;
}

export function writtenView(map) {
  const { lat, lng } = map.getCenter();
  const zoom = map.getZoom();
  const digits = Math.max(2, Math.ceil(zoom / 3.3));
  return `#map=${+zoom.toFixed(2)}/${lat.toFixed(digits)}/${lng.toFixed(digits)}`;
}

/** Let the world never be smaller than the chart is wide, nor leave its upper and lower edge. */
export function limitView(map) {
  const limit = () => {
    const { x, y } = map.getSize();
    if (!x || !y) return;
    const filled = Math.log2(Math.max(x * 0.8, y) / 256);
    map.setMinZoom(Math.min(2.5, Math.max(1, Math.ceil(filled * 4) / 4)));
  };
  limit();
  map.on("resize", limit);
  map.options.maxBoundsViscosity = 1;
  map.setMaxBounds([
    [-85, -Infinity],
    [85, Infinity],
  ]);
}

export class Address {
  #map;
  #moved;

  /** `moved()`: whether a person moved the map; fitting and resizing leave the address alone. */
  constructor(map, moved) {
    this.#map = map;
    this.#moved = moved;
    map.on("moveend", () => this.#write());
    window.addEventListener("hashchange", () => this.restore());
  }

  /** Show the view that the address names; false when it names none. */
  restore() {
    const view = readView(location.hash);
    if (!view) return false;
    if (location.hash !== writtenView(this.#map))
      this.#map.setView([view.lat, view.lon], view.zoom, { animate: false });
    return true;
  }

  #write() {
    if (!this.#moved()) return;
    const hash = writtenView(this.#map);
    if (location.hash !== hash) history.replaceState(history.state, "", hash);
  }
}
