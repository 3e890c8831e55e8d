/** The zebra frame of a chart, alternating every half graticule step, with degrees inside right and bottom. */

import { graticuleStep, meridians, parallels, written } from "./graticule.js";
import { colour, onSchemeChange } from "./theme.js";

const WIDTH = 6;

export class Neatline {
  #map;
  #canvas = document.createElement("canvas");
  #obstacles = () => [];
  #degrees;

  /** `obstacles()` gives boxes, [left, top, right, bottom] in px, that degrees must not touch. */
  constructor(map, { degrees = true, obstacles } = {}) {
    this.#map = map;
    this.#degrees = degrees;
    if (obstacles) this.#obstacles = obstacles;
    this.#canvas.className = "chart-neatline";
    this.#canvas.setAttribute("aria-hidden", "true");
    map.getContainer().append(this.#canvas);
    map.on("move zoomend resize viewreset", () => this.draw());
    onSchemeChange(() => this.draw());
  }

  /** Draw the frame; returns the boxes of the degrees written. */
  draw() {
    const size = this.#map.getSize();
    if (!size.x || !size.y) return [];
    const density = Math.min(2, window.devicePixelRatio || 1);
    this.#canvas.width = size.x * density;
    this.#canvas.height = size.y * density;
    this.#canvas.style.width = `${size.x}px`;
    this.#canvas.style.height = `${size.y}px`;
    const context = this.#canvas.getContext("2d");
    context.scale(density, density);
    const zoom = this.#map.getZoom();
    const corner = this.#map.getPixelBounds().min;
    const frame = { scale: 256 * 2 ** zoom, left: corner.x, top: corner.y, width: size.x, height: size.y };
    const step = graticuleStep(zoom);
    const degrees = this.#degrees ? this.#write(context, frame, step) : [];
    this.#band(context, frame, step / 2);
    return degrees;
  }

  #band(context, frame, half) {
    const { width, height } = frame;
    context.fillStyle = colour("--surface");
    for (const bar of [
      [0, 0, width, WIDTH],
      [0, height - WIDTH, width, WIDTH],
      [0, 0, WIDTH, height],
      [width - WIDTH, 0, WIDTH, height],
    ])
      context.fillRect(...bar);
    context.fillStyle = colour("--line");
    const wide = { ...frame, left: frame.left - frame.width, width: frame.width * 3 };
    const across = [...meridians(wide, half)].map((line) => ({ ...line, at: line.at - frame.width }));
    for (const [from, to] of dark(across, width)) {
      context.fillRect(from, 0, to - from, WIDTH);
      context.fillRect(from, height - WIDTH, to - from, WIDTH);
    }
    const tall = { ...frame, top: frame.top - frame.height, height: frame.height * 3 };
    const down = [...parallels(tall, half)].map((line) => ({ ...line, at: line.at - frame.height }));
    for (const [from, to] of dark(down.reverse(), height)) {
      context.fillRect(0, from, WIDTH, to - from);
      context.fillRect(width - WIDTH, from, WIDTH, to - from);
    }
    context.strokeStyle = colour("--line");
    context.lineWidth = 1;
    context.strokeRect(0.5, 0.5, width - 1, height - 1);
    context.strokeRect(WIDTH + 0.5, WIDTH + 0.5, width - 2 * WIDTH - 1, height - 2 * WIDTH - 1);
  }

  #write(context, frame, step) {
    const { width, height } = frame;
    const taken = this.#obstacles();
    const boxes = [];
    const clear = (box) =>
      !taken.some((b) => box[0] < b[2] && box[2] > b[0] && box[1] < b[3] && box[3] > b[1]);
    context.font = `500 11px ${colour("--font-text") || "sans-serif"}`;
    context.fillStyle = colour("--label-water");
    context.strokeStyle = colour("--halo");
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.textBaseline = "middle";
    context.textAlign = "left";
    const put = (text, x, y) => {
      const long = context.measureText(text).width;
      if (x < WIDTH + 8 || x + long > width - WIDTH - 4 || y < 24) return;
      if (!clear([x - 4, y - 8, x + long + 4, y + 8])) return;
      boxes.push([x - 2, y - 8, x + long + 2, y + 8]);
      context.globalAlpha = 0.7;
      context.strokeText(text, x, y);
      context.globalAlpha = 1;
      context.fillText(text, x, y);
    };
    for (const { degrees, at } of meridians(frame, step))
      put(written(degrees, "E", "W"), at + 4, height - WIDTH - 9);
    for (const { degrees, at } of parallels(frame, step)) {
      const text = written(degrees, "N", "S");
      if (at < height - 34) put(text, width - WIDTH - 5 - context.measureText(text).width, at - 8);
    }
    return boxes;
  }
}

/** The stretches between lines of even index and the next, cut to the frame's length. */
function dark(lines, length) {
  const bars = [];
  for (let i = 0; i + 1 < lines.length; i++) {
    if (lines[i].index % 2) continue;
    const from = Math.max(WIDTH, lines[i].at);
    const to = Math.min(length - WIDTH, lines[i + 1].at);
    if (to > from) bars.push([from, to]);
  }
  return bars;
}
