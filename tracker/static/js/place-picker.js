/**
 * Places that the typed name may mean, as radio buttons below it. One clear answer is chosen beforehand, in plain
 * sight; of two namesakes never one. The arrow key down leads from the field into the list.
 */

import { settleRefusal } from "./refusal.js";
import { fetchJson, whileTyping } from "./while-typing.js";

export class PlacePicker {
  #parts;

  /**
   * `list` holds [data-rows], the row of the own pin and the row without a pin; `template` is one candidate's row;
   * `offeredFor` the hidden field with the words that the list answers; `title()` the film that is typed.
   */
  constructor(parts) {
    this.#parts = parts;
    const { field, list, chart } = parts;
    this.look = whileTyping(field, (signal) => this.#ask(signal), (offer) => this.show(offer));
    field.addEventListener("keydown", (event) => this.#enter(event));
    list.addEventListener("change", () => this.#announce());
    chart?.addEventListener("pin", ({ detail }) => this.#usePin(detail));
  }

  /** The latitude of the place chosen, null while there is none. */
  get latitude() {
    const chosen = this.#checked;
    if (chosen?.closest("[data-own-pin]")) return this.#parts.lat.value || null;
    return chosen?.closest("[data-candidate]")?.dataset.lat ?? null;
  }

  get #checked() {
    return this.#parts.list.querySelector("input:checked");
  }

  #ask(signal) {
    const { field, title, address } = this.#parts;
    return fetchJson(address, { q: field.value, title: title() }, signal);
  }

  /** Show what is offered for the words typed; whoever asked otherwise hands the offer in here. */
  show({ query, candidates, preselected, sentence }) {
    const { list, offeredFor, say } = this.#parts;
    const kept = this.#checked?.value;
    const wasAsked = offeredFor.value === query;
    list.querySelector("[data-rows]").replaceChildren(...candidates.map((candidate, at) => this.#row(candidate, at)));
    list.querySelector("[data-typed]").textContent = query;
    list.hidden = !query;
    offeredFor.value = query;
    say.textContent = sentence || (candidates.length ? `${candidates.length} found.` : "");
    const ownPin = list.querySelector("[data-own-pin] input");
    if (!ownPin.checked) this.#check(wasAsked && kept ? kept : preselected);
    this.#announce();
  }

  #row(candidate, at) {
    const row = this.#parts.template.content.firstElementChild.cloneNode(true);
    Object.assign(row.dataset, {
      candidate: at,
      lat: candidate.lat,
      lon: candidate.lon,
      uncertainty: candidate.uncertainty_m,
      name: candidate.name,
    });
    row.querySelector("input").value = candidate.id;
    for (const part of ["name", "where", "why"])
      row.querySelector(`[data-part=${part}]`).textContent = candidate[part];
    return row;
  }

  #check(value) {
    for (const input of this.#parts.list.querySelectorAll("input")) input.checked = input.value === value;
  }

  #enter(event) {
    const first = this.#parts.list.querySelector("input");
    if (event.key !== "ArrowDown" || this.#parts.list.hidden || !first) return;
    event.preventDefault();
    (this.#checked ?? first).focus();
  }

  #usePin({ lat, lon }) {
    const { list, field, offeredFor } = this.#parts;
    const row = list.querySelector("[data-own-pin]");
    row.hidden = false;
    list.hidden = false;
    row.querySelector("[data-part=where]").textContent = `${lat.toFixed(4)}, ${lon.toFixed(4)}`;
    row.querySelector("input").checked = true;
    offeredFor.value = field.value.trim().replace(/\s+/g, " ");
    this.#announce();
  }

  #announce() {
    if (this.#checked) settleRefusal(this.#parts.field);
    this.#parts.list.dispatchEvent(new CustomEvent("chosen", { bubbles: true }));
  }
}
