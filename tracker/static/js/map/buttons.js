/** A Leaflet marker is a button in name only: give it the keys of one, and its label. */

export function asButton(marker, label) {
  marker.on("add", () => marker.getElement().setAttribute("aria-label", label));
  marker.on("keydown", ({ originalEvent }) => {
    if (originalEvent.key !== "Enter" && originalEvent.key !== " ") return;
    originalEvent.preventDefault();
    marker.fire("click");
  });
  return marker;
}
