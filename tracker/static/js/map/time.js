/** The time slider: a native range input, in days from data-first-day; its end means the whole route. */

import { dayAfter, dayInWords } from "./dates.js";

const SLIDER = "[data-time-slider]";

/** The day that the slider of the page stands on, or null for all. */
export function sliderDay(slider = document.querySelector(SLIDER)) {
  if (!slider || Number(slider.value) >= Number(slider.max)) return null;
  return dayAfter(slider.dataset.firstDay, Number(slider.value));
}

function announce(slider, day) {
  const words = day ? `Up to ${dayInWords(day)}` : "Whole route";
  slider.setAttribute("aria-valuetext", words);
  for (const output of document.querySelectorAll("[data-time-output]")) output.textContent = words;
}

/** `change(day)` is called at once with every move. The slider may be replaced along with the page's text. */
export function followTime(change) {
  const first = document.querySelector(SLIDER);
  if (first) announce(first, sliderDay(first));
  document.addEventListener("input", ({ target }) => {
    if (!target.matches?.(SLIDER)) return;
    const day = sliderDay(target);
    announce(target, day);
    change(day);
  });
}

/** A stop is later when it cannot have begun by that day; one of unknown start never is. */
export function markStops({ stops, branches }, day) {
  for (const stop of stops) stop.later = Boolean(day && stop.earliest && stop.earliest > day);
  for (const branch of branches) branch.later = Boolean(branch.a.later || branch.b.later);
}
