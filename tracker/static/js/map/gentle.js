/** A map inside a page does not catch the wheel or a scrolling finger until somebody turned to it. */

import { element } from "./element.js";

const HINT_MS = 1600;

export function keepGentle(map, chart) {
  const touch = matchMedia("(pointer: coarse)").matches;
  const words = touch ? "Tap the map to move it" : "Click the map, or hold Ctrl, to zoom with the wheel";
  const hint = element("p", { class: "chart-hint", "aria-hidden": "true" }, words);
  chart.append(hint);
  let fading = 0;
  const show = () => {
    hint.classList.add("is-shown");
    clearTimeout(fading);
    fading = setTimeout(() => hint.classList.remove("is-shown"), HINT_MS);
  };
  let awake = false;
  const turn = (on) => {
    awake = on;
    map.scrollWheelZoom[on ? "enable" : "disable"]();
    if (touch) map.dragging[on ? "enable" : "disable"]();
    if (on) hint.classList.remove("is-shown");
  };
  turn(false);
  chart.addEventListener("click", () => turn(true));
  chart.addEventListener("focusin", () => turn(true));
  document.addEventListener("pointerdown", ({ target }) => chart.contains(target) || turn(false));
  document.addEventListener("focusin", ({ target }) => chart.contains(target) || turn(false));
  chart.addEventListener(
    "wheel",
    ({ ctrlKey, metaKey }) => {
      if (awake) return;
      if (!ctrlKey && !metaKey) return show();
      map.scrollWheelZoom.enable();
      setTimeout(() => awake || map.scrollWheelZoom.disable(), 0);
    },
    { capture: true, passive: true },
  );
  if (touch) chart.addEventListener("touchmove", () => awake || show(), { passive: true });
}
