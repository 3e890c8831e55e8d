/** The list beside the map and the map light each other up. */

const ENTRY = "[data-shoot]";

/** `point(shoots, on)`: an entry was pointed at or left. */
export function followList(point) {
  const entry = ({ target }) => (target instanceof Element ? target.closest(ENTRY) : null);
  const tell = (on) => (event) => {
    const found = entry(event);
    if (found && !found.contains(event.relatedTarget)) point([Number(found.dataset.shoot)], on);
  };
  document.addEventListener("mouseover", tell(true));
  document.addEventListener("mouseout", tell(false));
  document.addEventListener("focusin", tell(true));
  document.addEventListener("focusout", tell(false));
}

export function lightEntries(lit) {
  for (const entry of document.querySelectorAll(ENTRY))
    entry.classList.toggle("is-lit", lit.has(Number(entry.dataset.shoot)));
}

export function markLater(stops) {
  const later = new Set(stops.filter((stop) => stop.later).map(({ shoot }) => shoot));
  for (const entry of document.querySelectorAll(ENTRY))
    entry.toggleAttribute("data-later", later.has(Number(entry.dataset.shoot)));
}
