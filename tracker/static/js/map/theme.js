/** Colours of the canvas drawings, read from the CSS variables; drawn again when the scheme changes. */

export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

export function onSchemeChange(redraw) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  new MutationObserver(redraw).observe(document.documentElement, {
    attributes: true,
    attributeFilter: ["data-theme"],
  });
}

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
