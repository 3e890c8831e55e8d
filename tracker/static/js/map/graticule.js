/** Meridians and parallels of a frame: {scale: px over the world, left, top, width, height} in world px. */

import { mercator } from "./atlas.js";

const MINUTE = 1 / 60;
const STEPS = [
  ...[1, 2, 5, 10, 30].map((seconds) => (seconds * MINUTE) / 60),
  ...[1, 2, 5, 10, 20, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 5, 10, 20, 30],
];
const SPACING = 64; // px between two meridians, at least

export function graticuleStep(zoom) {
  const degree = (256 * 2 ** zoom) / 360;
  return STEPS.find((step) => step * degree >= SPACING) ?? 30;
}

function* multiples(from, to, step) {
  for (let i = Math.ceil(from / step); i * step <= to; i++) yield i;
}

function latitude(y) {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
}

/** Each meridian in the frame: its index in steps, its degrees, its px from the left. */
export function* meridians({ scale, left, width }, step) {
  const lon = (px) => (px / scale) * 360 - 180;
  for (const i of multiples(lon(left), lon(left + width), step))
    yield { index: i, degrees: i * step, at: ((i * step + 180) / 360) * scale - left };
}

/** Each parallel in the frame, south to north: its index in steps, its degrees, its px from the top. */
export function* parallels({ scale, top, height }, step) {
  const south = Math.max(-85, latitude((top + height) / scale));
  const north = Math.min(85, latitude(top / scale));
  for (const i of multiples(south, north, step))
    yield { index: i, degrees: i * step, at: mercator(0, i * step)[1] * scale - top };
}

/** Write degrees the way charts do: 7°12′E, 0°. */
export function written(degrees, positive, negative) {
  const turned = positive === "E" ? ((((degrees + 180) % 360) + 360) % 360) - 180 : degrees;
  const seconds = Math.round(Math.abs(turned) * 3600);
  const [whole, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (value) => String(value).padStart(2, "0");
  const fine = rest ? `${two(minutes)}′${two(rest)}″` : minutes ? `${two(minutes)}′` : "";
  const side = seconds === 0 || whole === 180 ? "" : turned > 0 ? positive : negative;
  return `${whole}°${fine}${side}`;
}
