/** Room on the screen: boxes [left, top, right, bottom] in container px that are taken. */

const overlaps = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

export class Boxes {
  #taken = [];

  add(...boxes) {
    this.#taken.push(...boxes);
  }

  free(box) {
    return !this.#taken.some((taken) => overlaps(box, taken));
  }

  all() {
    return [...this.#taken];
  }

  count(box) {
    return this.#taken.reduce((sum, taken) => sum + overlaps(box, taken), 0);
  }

  /** Take the box if nothing is there; say whether it was. */
  claim(box) {
    if (!this.free(box)) return false;
    this.#taken.push(box);
    return true;
  }
}

export const around = (x, y, width, height = width) => [
  x - width / 2,
  y - height / 2,
  x + width / 2,
  y + height / 2,
];

export const within = (box, size, margin = 12) =>
  box[0] >= margin && box[1] >= margin && box[2] <= size.x - margin && box[3] <= size.y - margin;

const ruler = document.createElement("canvas").getContext("2d");

/** Width in px of one line of text. `font` is a CSS font, `spacing` in px between letters. */
export function textWidth(text, font, spacing = 0) {
  ruler.font = font;
  return ruler.measureText(text).width + spacing * text.length;
}
