/**
 * The entries of a pasted text: each has the place combobox and the meaning of its date, like the plain form; one small
 * map stands in the entry that is open.
 */

import { watchDuplicates } from "./duplicates.js";
import { PlacePicker } from "./place-picker.js";
import { settleMap } from "./entry-map.js";
import { showMeaning } from "./when-meaning.js";

/** Bring the entries of a form to life. */
export function startEntries(form) {
  for (const node of form.querySelectorAll("[data-entry]")) new EntryFields(form, node).start();
}

class EntryFields {
  #form;
  #node;
  #end;
  #pins = new EventTarget();

  constructor(form, node) {
    this.#form = form;
    this.#node = node;
    this.#end = node.dataset.entry === "own" ? "" : `-${node.dataset.entry}`;
  }

  start() {
    const { candidatesUrl, meaningUrl } = this.#form.dataset;
    const list = this.#part(`candidates-${this.#node.dataset.entry}`);
    const place = this.#field("place");
    const picker = new PlacePicker({
      field: place,
      list,
      popup: this.#part(`${place.id}-popup`),
      live: this.#part(`${place.id}-live`),
      template: this.#part("candidate-row"),
      option: this.#part("place-option"),
      signs: this.#part("place-signs"),
      offeredFor: this.#field("offered_for"),
      lat: this.#field("lat"),
      say: this.#part(`${place.id}-means`),
      chart: this.#pins,
      address: candidatesUrl,
      title: () => (this.#field("film") ?? this.#part("title")).value,
      group: `candidate${this.#end}`,
    });
    const when = this.#field("when");
    const showWhen = showMeaning({
      field: when,
      line: this.#part(`${when.id}-means`),
      suggestions: this.#part(`${when.id}-suggestions`),
      shown: this.#field("shown_when"),
      address: meaningUrl,
      latitude: () => picker.latitude,
    });
    list.addEventListener("chosen", () => {
      if (when.value) showWhen();
      this.#sum("entry-where", list.querySelector("input:checked + span [data-part=where]")?.textContent);
    });
    when.addEventListener("input", () => this.#sum("entry-when", when.value));
    const compare = watchDuplicates({
      offer: this.#node.querySelector("[data-duplicate]"),
      address: this.#form.dataset.duplicatesUrl,
      values: () => ({
        title: (this.#field("film") ?? this.#part("title")).value,
        address: this.#part("address").value,
        candidate: list.querySelector("input:checked")?.value ?? "",
        ...Object.fromEntries(
          ["place", "when", "offered_for", "lat", "lon", "accuracy"].map((name) => [name, this.#field(name).value]),
        ),
      }),
    });
    when.addEventListener("input", compare);
    list.addEventListener("chosen", compare);
    this.#part("address").addEventListener("change", () => place.value && compare());
    this.#pins.addEventListener("pin", () => (this.#node.querySelector("[data-accuracy]").hidden = false));
    const details = this.#node.querySelector("details");
    const fields = { lat: this.#field("lat"), lon: this.#field("lon"), accuracy: this.#field("accuracy") };
    const open = () => details.open && settleMap(this.#form, this.#node, list, fields, this.#pins);
    details.addEventListener("toggle", open);
    if (this.#end) open();
  }

  #sum(name, words) {
    const line = this.#node.querySelector(`[data-part=${name}]`);
    if (line) line.textContent = words || "not located";
  }

  #field(name) {
    return this.#part(`${name}${this.#end}`);
  }

  #part(id) {
    return this.#form.querySelector(`#${CSS.escape(id)}`);
  }
}
