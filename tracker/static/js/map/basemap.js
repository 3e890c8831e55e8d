/** The offline basemap: water with shore lines, graticule, land, borders and coast on one canvas. */

import { atlas } from "./atlas.js";
import { graticuleStep, meridians, parallels } from "./graticule.js";
import { colour, onSchemeChange } from "./theme.js";

const FINE_FROM_ZOOM = 5;
const MARGIN = 0.25; // of the map's size, drawn beyond each edge so that a short drag shows no gap
const REACH = 30; // px beyond the canvas that a shore line still colours

/** Trace one ring; points that change nothing within the canvas are skipped. */
function trace(context, ring, count, { scale, left, top, width, height }, shift) {
  const { xs, ys } = ring;
  let lastX = NaN;
  let lastY = NaN;
  let lastSide = 0;
  let pending = null;
  for (let i = 0; i < count; i++) {
    const x = (xs[i] + shift) * scale - left;
    const y = ys[i] * scale - top;
    const side = (x < -REACH ? 1 : x > width + REACH ? 2 : 0) | (y < -REACH ? 4 : y > height + REACH ? 8 : 0);
    const hidden = side & lastSide;
    if (i && hidden) {
      pending = [x, y];
      lastSide = hidden;
      continue;
    }
    if (pending) context.lineTo(...pending);
    pending = null;
    if (i && Math.abs(x - lastX) + Math.abs(y - lastY) < 0.7 && i < count - 1) continue;
    if (i) context.lineTo(x, y);
    else context.moveTo(x, y);
    [lastX, lastY, lastSide] = [x, y, side];
  }
  if (pending) context.lineTo(...pending);
}

export class Basemap {
  #map;
  #canvas = document.createElement("canvas");
  #drawn = null;
  #shapes = null;
  #scale = null;

  constructor(map) {
    this.#map = map;
    this.#canvas.className = "chart-base leaflet-zoom-animated";
    this.#canvas.setAttribute("aria-hidden", "true");
    map.getPane("base").append(this.#canvas);
    map.on("moveend zoomend resize viewreset", () => this.draw());
    map.on("move", () => this.#covers() || this.draw());
    map.on("zoomanim", (event) => this.#animate(event));
    onSchemeChange(() => this.draw());
  }

  get countries() {
    return this.#shapes?.countries ?? [];
  }

  /** Load the scale that the zoom asks for; false when it was there already. */
  async load() {
    const scale = this.#map.getZoom() >= FINE_FROM_ZOOM ? "10m" : "50m";
    if (scale === this.#scale) return false;
    this.#scale = scale;
    try {
      if (!this.#shapes && scale === "10m") this.#shapes = await atlas("50m");
      this.draw();
      this.#shapes = await atlas(scale);
    } catch (error) {
      this.#scale = null;
      throw error;
    }
    this.draw();
    return true;
  }

  #covers() {
    if (!this.#drawn) return false;
    const size = this.#map.getSize();
    const corner = this.#map.containerPointToLayerPoint([0, 0]).subtract(this.#drawn.corner);
    const { width, height } = this.#drawn;
    return corner.x >= 0 && corner.y >= 0 && corner.x + size.x <= width && corner.y + size.y <= height;
  }

  #animate({ zoom, center }) {
    if (!this.#drawn) return;
    const scale = this.#map.getZoomScale(zoom, this.#drawn.zoom);
    const corner = this.#map._latLngToNewLayerPoint(this.#drawn.northWest, zoom, center);
    window.L.DomUtil.setTransform(this.#canvas, corner, scale);
  }

  draw() {
    const map = this.#map;
    const size = map.getSize();
    if (!size.x || !size.y) return;
    const zoom = map.getZoom();
    const margin = size.multiplyBy(MARGIN).round();
    const corner = map.containerPointToLayerPoint(margin.multiplyBy(-1)).round();
    const [width, height] = [size.x + 2 * margin.x, size.y + 2 * margin.y];
    const origin = map.getPixelOrigin().add(corner);
    const density = Math.min(2, window.devicePixelRatio || 1);
    this.#drawn = { corner, zoom, width, height, northWest: map.layerPointToLatLng(corner) };
    this.#canvas.width = width * density;
    this.#canvas.height = height * density;
    this.#canvas.style.width = `${width}px`;
    this.#canvas.style.height = `${height}px`;
    window.L.DomUtil.setTransform(this.#canvas, corner, 1);
    const context = this.#canvas.getContext("2d");
    context.scale(density, density);
    context.lineJoin = "round";
    this.#paint(context, { scale: 256 * 2 ** zoom, left: origin.x, top: origin.y, width, height }, zoom);
  }

  #paint(context, frame, zoom) {
    context.fillStyle = colour("--water");
    context.fillRect(0, 0, frame.width, frame.height);
    const shore = zoom < 2.5 ? 0.4 : zoom < 4.2 ? 0.8 : 1;
    const land = this.#path(context, frame, this.#shapes?.land);
    const coast = this.#path(context, frame, this.#shapes?.land, false);
    this.#stroke(context, coast, 20 * shore, "--water-1");
    this.#stroke(context, coast, 9 * shore, "--water-2");
    this.#graticule(context, frame, zoom);
    context.fillStyle = colour("--land");
    context.fill(land, "evenodd");
    this.#stroke(context, this.#path(context, frame, this.#shapes?.borders, false), 0.8, "--border");
    this.#stroke(context, coast, 0.9, "--coast");
  }

  #stroke(context, path, width, name) {
    context.lineWidth = width;
    context.strokeStyle = colour(name);
    context.stroke(path);
  }

  /** Every copy of every ring that touches the canvas, as one path. */
  #path(context, frame, rings = [], filled = true) {
    const path = new Path2D();
    const { scale, left, top, width, height } = frame;
    const first = Math.floor((left - REACH) / scale) - 1;
    const last = Math.floor((left + width + REACH) / scale) + 1;
    for (const ring of rings) {
      if (ring.box[3] * scale - top < -REACH || ring.box[1] * scale - top > height + REACH) continue;
      for (let shift = first; shift <= last; shift++) {
        const west = (ring.box[0] + shift) * scale - left;
        const east = (ring.box[2] + shift) * scale - left;
        if (east < -REACH || west > width + REACH) continue;
        trace(path, ring, filled ? ring.xs.length : ring.drawn, frame, shift);
        if (filled) path.closePath();
      }
    }
    return path;
  }

  #graticule(context, frame, zoom) {
    const step = graticuleStep(zoom);
    const path = new Path2D();
    for (const { at } of meridians(frame, step)) {
      path.moveTo(at, 0);
      path.lineTo(at, frame.height);
    }
    for (const { at } of parallels(frame, step)) {
      path.moveTo(0, at);
      path.lineTo(frame.width, at);
    }
    context.globalAlpha = 0.8;
    this.#stroke(context, path, 0.7, "--grat");
    context.globalAlpha = 1;
  }
}
