/** Honest geometry: outlines of places, circles of uncertainty in metres, the grid cell of an obscured place. */

const SMALLEST = 14; // px of radius below which a circle would hide under the marker
const HALF_CELL = 0.1; // degrees; an obscured place is known to its cell of 0.2 degrees only

function look(kind, key) {
  return {
    pane: "areas",
    className: `stop-area is-${kind} is-${key}`,
    interactive: false,
    weight: kind === "neighbour" ? 1.2 : 2,
    dashArray: kind === "neighbour" ? "3 4" : "7 4",
    fillOpacity: 1,
    opacity: 1,
  };
}

/** A line is drawn as a line: nothing inside, no dashes that would read as the edge of an area. */
function stroke(kind, key) {
  const own = { dashArray: null, fill: false, weight: kind === "neighbour" ? 1.5 : 3 };
  return { ...look(kind, key), ...own, className: `stop-area is-line is-${kind} is-${key}` };
}

function middleOf({ coordinates }) {
  let [west, east] = [Infinity, -Infinity];
  const visit = (part) => {
    if (typeof part[0] === "number") [west, east] = [Math.min(west, part[0]), Math.max(east, part[0])];
    else part.forEach(visit);
  };
  visit(coordinates);
  return (west + east) / 2;
}

/** Radius in px of a circle in metres at that latitude. */
export function radiusPx(map, lat, metres) {
  const perPx = (40075016.686 * Math.cos((lat * Math.PI) / 180)) / (256 * 2 ** map.getZoom());
  return metres / perPx;
}

export class Areas {
  #map;
  #layer;

  constructor(map) {
    this.#map = map;
    this.#layer = window.L.layerGroup().addTo(map);
  }

  clear() {
    this.#layer.clearLayers();
  }

  /** A line or an area; `lon` is a longitude of the copy of the world that is looked at. */
  outline(geometry, key, kind = "own", lon = null) {
    const turn = lon === null ? 0 : 360 * Math.round((lon - middleOf(geometry)) / 360);
    const style = ({ geometry: { type } }) =>
      type.endsWith("LineString") ? stroke(kind, key) : look(kind, key);
    const spot = (_, latlng) => window.L.circleMarker(latlng, { ...look(kind, key), radius: 5 });
    const coordsToLatLng = ([x, y]) => window.L.latLng(y, x + turn);
    window.L.geoJSON(geometry, { style, pointToLayer: spot, coordsToLatLng, pane: "areas" }).addTo(
      this.#layer,
    );
  }

  /** What is known of where exactly; false when nothing is drawn because the marker says it all. */
  uncertainty({ lat, lon, uncertainty_m: metres, privacy, key }, kind = "own") {
    if (privacy === "obscured") {
      if (radiusPx(this.#map, lat, HALF_CELL * 111320) < SMALLEST) return false;
      const corners = [
        [lat - HALF_CELL, lon - HALF_CELL],
        [lat + HALF_CELL, lon + HALF_CELL],
      ];
      window.L.rectangle(corners, look("cell", key)).addTo(this.#layer);
      return true;
    }
    if (!metres || radiusPx(this.#map, lat, metres) <= SMALLEST) return false;
    window.L.circle([lat, lon], { ...look(kind, key), radius: metres }).addTo(this.#layer);
    return true;
  }
}
