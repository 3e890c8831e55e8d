/** A popup that is a dialog: it takes the focus, Escape closes it, the focus goes back where it came from. */

import { calm } from "./theme.js";

const MARGIN = 14;
let count = 0;

/**
 * Open `content`, a node, at `at`. `heading` is the node in it that names the dialog, `from` the element that
 * gets the focus back.
 */
export function openPopup(map, at, content, { heading, from = null, offset = [0, -10] } = {}) {
  const popup = window.L.popup({
    autoPan: false,
    maxWidth: 290,
    minWidth: 200,
    offset,
    className: "chart-popup",
  });
  popup.setLatLng(at).setContent(content).openOn(map);
  const dialog = popup.getElement();
  heading.id ||= `chart-popup-${++count}`;
  dialog.setAttribute("role", "dialog");
  dialog.setAttribute("aria-labelledby", heading.id);
  dialog.setAttribute("tabindex", "-1");
  dialog.querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", "Close");
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    map.closePopup(popup);
  });
  popup.on("remove", () => {
    const inside = dialog.contains(document.activeElement) || document.activeElement === document.body;
    if (inside && from?.isConnected) from.focus({ preventScroll: true });
  });
  settle(map, popup, offset);
  dialog.focus({ preventScroll: true });
  return popup;
}

/** Above its point or, where more room is, below; the map moves only by what is still missing. */
function settle(map, popup, [x, y]) {
  const size = map.getSize();
  const at = map.latLngToContainerPoint(popup.getLatLng());
  const { offsetHeight: high, offsetWidth: wide } = popup.getElement();
  const below = at.y < high + 40 && size.y - at.y > at.y;
  if (below) {
    popup.options.offset = window.L.point(x, high + 16 - y);
    popup.update();
    popup.getElement().classList.add("is-below");
  }
  const [top, bottom] = below ? [at.y + 16, at.y + high + 30] : [at.y - high - 26, at.y];
  const inside = (from, to, length) => (from < MARGIN ? from - MARGIN : Math.max(0, to + MARGIN - length));
  const move = [inside(at.x - wide / 2, at.x + wide / 2, size.x), inside(top, bottom, size.y)];
  if (move[0] || move[1]) map.panBy(move, { animate: !calm(), duration: 0.25 });
}
