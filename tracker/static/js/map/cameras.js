/** Where cameras stood: a dot, and a wedge towards what they looked at. Every word from the record enters as text. */

import { asButton } from "./buttons.js";
import { drawing, element, link } from "./element.js";
import { openPopup } from "./popup.js";

const SIZE = 44;
const WEDGE = "M0 0 L-9 -20 A22 22 0 0 1 9 -20 Z";

function sign(heading) {
  const turned = typeof heading === "number" ? { transform: `rotate(${heading})` } : null;
  return drawing(
    "svg",
    { viewBox: "-22 -22 44 44", width: SIZE, height: SIZE, "aria-hidden": "true" },
    turned ? drawing("path", { class: "camera-view", d: WEDGE, ...turned }) : null,
    drawing("circle", { class: "camera-dot", r: 5 }),
  );
}

function card({ name, url, picture, alt, taken, words, credit }) {
  const heading = element("p", { class: "card-title" }, link(url, name));
  const lines = [taken, words, credit].filter(Boolean);
  const image = picture ? element("img", { src: picture, alt, width: "240", class: "card-photo" }) : null;
  const node = element(
    "div",
    { class: "card" },
    element(
      "section",
      { class: "card-stop" },
      heading,
      image,
      ...lines.map((line) => element("p", { class: "card-where" }, line)),
    ),
  );
  return { heading, node };
}

/** Put the camera of a photo on the map; `feature` is of the role "camera". */
export function cameraMarker(map, { geometry, properties }) {
  const [lon, lat] = geometry.coordinates;
  const icon = window.L.divIcon({
    className: "camera-marker",
    iconSize: [SIZE, SIZE],
    html: sign(properties.heading),
  });
  const marker = window.L.marker([lat, lon], { icon, riseOnHover: true });
  asButton(marker, `${properties.name}: ${properties.words}`).addTo(map);
  marker.on("click", () => {
    const { node, heading } = card(properties);
    openPopup(map, marker.getLatLng(), node, { heading, from: marker.getElement() });
  });
  return marker;
}
