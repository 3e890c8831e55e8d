/** Where a country's name fits: on the longest stretches of its land that are in view. */

const FULL = {
  "United States of America": "United States",
  "Antigua and Barb.": "Antigua and Barbuda",
  "Bosnia and Herz.": "Bosnia and Herzegovina",
  "Br. Indian Ocean Ter.": "British Indian Ocean Territory",
  "Cayman Is.": "Cayman Islands",
  "Central African Rep.": "Central African Republic",
  "Cook Is.": "Cook Islands",
  "Dem. Rep. Congo": "DR Congo",
  "Dominican Rep.": "Dominican Republic",
  "Eq. Guinea": "Equatorial Guinea",
  eSwatini: "Eswatini",
  "Faeroe Is.": "Faroe Islands",
  "Falkland Is.": "Falkland Islands",
  "Fr. Polynesia": "French Polynesia",
  "Fr. S. Antarctic Lands": "French Southern Lands",
  Macedonia: "North Macedonia",
  "Marshall Is.": "Marshall Islands",
  "N. Cyprus": "Northern Cyprus",
  "N. Mariana Is.": "Northern Mariana Islands",
  "Pitcairn Is.": "Pitcairn Islands",
  "S. Geo. and the Is.": "South Georgia",
  "S. Sudan": "South Sudan",
  "Solomon Is.": "Solomon Islands",
  "St. Vin. and Gren.": "Saint Vincent",
  "Turks and Caicos Is.": "Turks and Caicos",
  "W. Sahara": "Western Sahara",
  "Wallis and Futuna Is.": "Wallis and Futuna",
};

const SCANS = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82];

export const countryName = (name) => FULL[name] ?? name;

/** Stretches of the ring along one line of y, cut to 0..width: [[from, to], ...] in px. */
function stretches(ring, shift, { scale, left, top, width }, y) {
  const crossings = [];
  const { xs, ys } = ring;
  for (let i = 0, j = xs.length - 1; i < xs.length; j = i++) {
    const a = ys[i] * scale - top;
    const b = ys[j] * scale - top;
    if (a > y === b > y) continue;
    const x = xs[i] + ((y - a) / (b - a)) * (xs[j] - xs[i]);
    crossings.push((x + shift) * scale - left);
  }
  crossings.sort((a, b) => a - b);
  const found = [];
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    const from = Math.max(0, crossings[i]);
    const to = Math.min(width, crossings[i + 1]);
    if (to > from) found.push([from, to]);
  }
  return found;
}

/** Middle points for a name of that width, best first: [{x, y, room}], in px of the frame. */
export function seats(country, frame, wide) {
  const { scale, left, top, width, height } = frame;
  const found = [];
  for (const ring of country.rings) {
    const shift = Math.round((left + width / 2) / scale - (ring.box[0] + ring.box[2]) / 2);
    const north = Math.max(14, ring.box[1] * scale - top);
    const south = Math.min(height - 14, ring.box[3] * scale - top);
    const spread = (ring.box[2] - ring.box[0]) * scale;
    if (south - north < 14 || spread < wide * 0.8) continue;
    for (const [order, share] of SCANS.entries()) {
      const y = north + (south - north) * share;
      for (const [from, to] of stretches(ring, shift, frame, y)) {
        const room = to - from;
        if (room > wide * 0.95) found.push({ x: (from + to) / 2, y, room, rank: room * (1 - order * 0.06) });
      }
    }
  }
  return found.sort((a, b) => b.rank - a.rank).slice(0, 6);
}
