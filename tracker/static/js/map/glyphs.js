/** The eight status glyphs, 16 px: shape and colour together, always beside the word. */

import { drawing } from "./element.js";

const shape = (tag, attributes) => [tag, attributes];
const filled = { fill: "currentColor", stroke: "none" };
const carved = { stroke: "var(--surface)" };
const OCTAGON = "M5.2 1.2h5.6l4 4v5.6l-4 4H5.2l-4-4V5.2z";

const GLYPHS = {
  rumoured: [
    shape("circle", { cx: 8, cy: 8, r: 6.8, "stroke-dasharray": "0.1 2.95", "stroke-linecap": "round" }),
    shape("path", { d: "M6.2 6.3a1.9 1.9 0 1 1 2.7 1.8q-.9.5-.9 1.3M8 11.3v.4", "stroke-width": 1.5 }),
  ],
  planned: [
    shape("circle", { cx: 8, cy: 8, r: 6.6, "stroke-dasharray": "3.3 1.9" }),
    shape("path", { d: "M8 4.8V8l2.2 1.6", "stroke-width": 1.6 }),
  ],
  permitted: [
    shape("rect", { x: 1.4, y: 1.4, width: 13.2, height: 13.2 }),
    shape("path", { d: "M4.7 8.2 7 10.6l4.3-5" }),
  ],
  underway: [
    shape("path", { d: "M8 .4 15.6 8 8 15.6.4 8z", ...filled }),
    shape("circle", { cx: 8, cy: 8, r: 2.4, fill: "var(--surface)", stroke: "none" }),
  ],
  wrapped: [
    shape("circle", { cx: 8, cy: 8, r: 7.5, ...filled }),
    shape("path", { d: "M4.7 8.2 7 10.6l4.3-5", ...carved }),
  ],
  postponed: [
    shape("path", { d: OCTAGON, "stroke-dasharray": "3 1.7" }),
    shape("path", { d: "M5 5.2 7.7 8 5 10.8M8.6 5.2 11.3 8l-2.7 2.8", "stroke-width": 1.4 }),
  ],
  suspended: [
    shape("path", { d: OCTAGON, ...filled }),
    shape("path", { d: "M6.2 5v6M9.8 5v6", ...carved, "stroke-width": 1.9 }),
  ],
  cancelled: [
    shape("circle", { cx: 8, cy: 8, r: 6.7 }),
    shape("path", { d: "M5.3 5.3l5.4 5.4M10.7 5.3l-5.4 5.4" }),
  ],
};

/** "under way", "under_way" and "underway" are one status. */
export const statusKey = (status) =>
  String(status ?? "")
    .replace(/[\s_-]/g, "")
    .toLowerCase();

export function glyph(status) {
  const parts = (GLYPHS[statusKey(status)] ?? []).map(([tag, attributes]) => drawing(tag, attributes));
  return drawing(
    "svg",
    {
      viewBox: "0 0 16 16",
      width: 16,
      height: 16,
      fill: "none",
      stroke: "currentColor",
      "stroke-width": 1.7,
      "aria-hidden": "true",
      class: "glyph",
    },
    ...parts,
  );
}
