/** Choose for each name plate the side where it covers least: right, left, below, above. */

import { around, within } from "./boxes.js";

const GAP = { plain: 6, bracketed: 14 };

function boxOf(side, { x, y, width, bracket }, { wide, high }) {
  const gap = width / 2 + (bracket ? GAP.bracketed : GAP.plain);
  const drop = 15 + high / 2 + (bracket ? 7 : 3);
  switch (side) {
    case "left":
      return around(x - gap - wide / 2, y, wide, high);
    case "below":
      return around(x, y + drop, wide, high);
    case "above":
      return around(x, y - drop, wide, high);
    default:
      return around(x + gap + wide / 2, y, wide, high);
  }
}

const SIDES = ["right", "left", "below", "above"];
const PER_BEAD = 1;
const PER_SIDE = 0.7;

/**
 * `stops`: groups in px of the map's container, each with `plate`, its DOM node. `hard` boxes may not be
 * touched; `lines` may be covered, the fewer the better. Taken boxes are added to `hard`.
 */
export function sidePlates(groups, hard, lines, size) {
  const measured = groups
    .filter(({ plate }) => plate)
    .map((group) => ({ group, wide: group.plate.offsetWidth, high: group.plate.offsetHeight }));
  const options = (item) =>
    SIDES.map((side, order) => ({ side, order, box: boxOf(side, item.group, item) })).filter(
      ({ box }) => within(box, size, 10) && hard.free(box),
    );
  // The one with the least choice goes first.
  measured.sort((a, b) => options(a).length - options(b).length);
  for (const item of measured) {
    const { plate, bracket, width } = item.group;
    let best = null;
    for (const option of options(item)) {
      const cost = lines.count(option.box) * PER_BEAD + option.order * PER_SIDE;
      if (!best || cost < best.cost) best = { ...option, cost };
    }
    plate.dataset.side = best?.side ?? "none";
    plate.style.setProperty("--drop", `${bracket ? 22 : 18}px`);
    plate.style.setProperty("--reach", `${width / 2 + (bracket ? GAP.bracketed : GAP.plain)}px`);
    if (best) hard.add(best.box);
  }
}
