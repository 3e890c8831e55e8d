/** The legend: what the marks mean that this map shows. Open on a wide map, one button on a phone. */

import { element } from "./element.js";
import { place } from "./layers.js";

export class Legend {
  #box = element("details", { class: "chart-legend" }, element("summary", {}, "Legend"));
  #list = element("ul");
  #shown = "";

  constructor(map) {
    this.#box.append(this.#list);
    this.#box.open = matchMedia("(min-width: 768px)").matches;
    place(map, "bottomleft", this.#box);
  }

  /** `entries`: [{mark, words}], where `mark` is the class of the sign. Returns whether anything changed. */
  set(entries) {
    const key = JSON.stringify(entries);
    if (key === this.#shown) return false;
    this.#shown = key;
    this.#box.hidden = !entries.length;
    this.#list.replaceChildren(
      ...entries.map(({ mark, words }) =>
        element("li", {}, element("span", { class: `legend-mark ${mark}`, "aria-hidden": "true" }), words),
      ),
    );
    return true;
  }
}
