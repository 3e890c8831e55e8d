/** A popup that is a dialog: it takes the focus, Escape closes it, the focus goes back where it came from. */

let count = 0;

/**
 * Open `content`, a node, at `at`. `heading` is the node in it that names the dialog, `from` the element that
 * gets the focus back.
 */
export function openPopup(map, at, content, { heading, from = null, offset = [0, -10] } = {}) {
  const popup = window.L.popup({
    autoPanPadding: [16, 16],
    autoPan: true,
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
  dialog.focus({ preventScroll: true });
  return popup;
}
