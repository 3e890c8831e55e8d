/**
 * The place of a sighting: a combobox over the field, and below it what was chosen, as the radio button that is sent.
 * One clear answer to a whole name is chosen beforehand, in plain sight; of two namesakes never one.
 */

import { Combobox, marked } from "./combobox.js";
import { settleRefusal } from "./refusal.js";
import { fetchJson } from "./while-typing.js";

const NO_PIN = "no-pin";
const OWN_PIN = "own-pin";
const OWN_AREA = "own-area";
const BY_HAND = new Set([OWN_PIN, OWN_AREA]);
// The country of the place chosen last, while this tab is open: it orders what comes next.
const LATELY = "shot-here-country";

const squeezed = (text) => text.trim().replace(/\s+/g, " ");

function remembered() {
  try {
    return sessionStorage.getItem(LATELY) ?? "";
  } catch {
    return "";
  }
}

function remember(country) {
  try {
    if (country) sessionStorage.setItem(LATELY, country);
  } catch {
    // A browser that keeps nothing orders nothing.
  }
}

export class PlacePicker {
  #parts;
  #box;
  #candidates = [];

  /**
   * `list` holds [data-rows], the row of the own pin and the row without a pin; `template` is one chosen row, `option`
   * one row of `popup`, `signs` the drawn kinds; `offeredFor` the hidden field with the words that were answered;
   * `title()` the film that is typed; `group` is what the buttons are called in the form.
   */
  constructor(parts) {
    this.#parts = parts;
    const { field, list, popup, live, chart } = parts;
    wrap(field, popup);
    this.#box = new Combobox({
      field,
      popup,
      live,
      list: popup.querySelector("[role=listbox]"),
      ask: (signal) => this.#ask(signal),
      rows: (offer) => this.#rows(offer),
      tell: ({ sentence, candidates }) => told(sentence, candidates.length),
      isCurrent: ({ query }) => query === squeezed(field.value),
      choose: (option) => this.#choose(option),
    });
    this.look = this.#box.look;
    field.addEventListener("input", () => this.#forget());
    list.addEventListener("change", () => this.#announce());
    chart?.addEventListener("pin", ({ detail: { lat, lon } }) =>
      this.#useOwn(OWN_PIN, `${lat.toFixed(4)}, ${lon.toFixed(4)}`),
    );
    chart?.addEventListener("area", () => this.#useOwn(OWN_AREA, "As you drew it"));
  }

  /** The latitude of the place chosen, null while there is none. */
  get latitude() {
    const chosen = this.#checked;
    if (BY_HAND.has(chosen?.value)) return this.#parts.lat.value || null;
    return chosen?.closest("[data-candidate]")?.dataset.lat ?? null;
  }

  get #checked() {
    return this.#parts.list.querySelector("input:checked");
  }

  /** Show all that is offered for the words typed, below the field; whoever asked otherwise hands the offer in here. */
  show(offer) {
    const { list, offeredFor } = this.#parts;
    const kept = offeredFor.value === offer.query ? this.#checked?.value : undefined;
    this.#box.show(offer);
    this.#shown(offer.query);
    this.#parts.say.textContent = offer.sentence;
    const own = BY_HAND.has(this.#checked?.value) ? this.#checked.value : "";
    list.querySelector("[data-rows]").replaceChildren(...offer.candidates.map((candidate) => this.#row(candidate)));
    const wanted = own || (kept ?? offer.preselected);
    for (const input of list.querySelectorAll("input")) input.checked = input.value === wanted;
    this.#announce();
  }

  /** Show again what was chosen for the words in the field; only what is still offered can be. */
  async restore(chosen) {
    if (!chosen) return this.look();
    const { field, list } = this.#parts;
    const offer = await this.#ask().catch(() => null);
    if (!offer || offer.query !== squeezed(field.value)) return;
    this.#candidates = offer.candidates;
    const found = offer.candidates.find(({ id }) => id === chosen);
    if (found) this.#settle(found, offer.query);
    else {
      this.#shown(offer.query);
      for (const input of list.querySelectorAll("input")) {
        input.checked = input.value === chosen;
        if (input.checked) input.closest("label").hidden = false;
      }
      this.#announce();
    }
  }

  #ask(signal) {
    const { field, title, address } = this.#parts;
    return fetchJson(address, { q: field.value, title: title(), lately: remembered() }, signal);
  }

  /** What was chosen belongs to other words; a pin stays, it was set by hand. */
  #forget() {
    const { list, say } = this.#parts;
    say.textContent = "";
    if (BY_HAND.has(this.#checked?.value)) return;
    this.#take(null);
    list.hidden = !list.querySelector("[data-own]:not([hidden])");
  }

  #rows({ query, candidates, preselected, sentence }) {
    const { popup, say, offeredFor } = this.#parts;
    this.#candidates = candidates;
    say.textContent = sentence;
    const head = popup.querySelector("[data-part=sentence]");
    head.textContent = sentence;
    head.hidden = !sentence;
    const clear = candidates.find(({ id }) => id === preselected);
    if (BY_HAND.has(this.#checked?.value)) this.#shown(query);
    else if (clear && !(this.#checked && offeredFor.value === query)) this.#settle(clear, query);
    if (!query) return [];
    const rows = candidates.map((candidate, at) => this.#option(candidate, at, query));
    for (const own of this.#parts.list.querySelectorAll("[data-own]:not([hidden])"))
      rows.push(this.#plain(own.querySelector("input").value, own.querySelector("b").textContent, "Where you set it"));
    rows.push(this.#plain(NO_PIN, `Keep “${query}” without a pin`, "Not located until somebody finds it"));
    return rows;
  }

  #option(candidate, at, query) {
    const option = this.#plain(candidate.id, "", candidate.where);
    Object.assign(option.dataset, pointOf(candidate), { at });
    option.querySelector("[data-part=name]").replaceChildren(...marked(candidate.name, query.split(",")[0]));
    option.querySelector("[data-part=why]").textContent = candidate.why;
    const sign = this.#parts.signs.content.querySelector(`[data-sign="${candidate.sign}"]`);
    if (sign) option.querySelector("[data-part=sign]").append(...sign.cloneNode(true).childNodes);
    return option;
  }

  #plain(value, name, where) {
    const option = this.#parts.option.content.firstElementChild.cloneNode(true);
    option.id = `place-option-${value.replace(/[^\w-]/g, "-")}`;
    option.dataset.value = value;
    option.querySelector("[data-part=name]").textContent = name;
    option.querySelector("[data-part=where]").textContent = where;
    return option;
  }

  #choose({ dataset: { value, at } }) {
    const { field, list } = this.#parts;
    if (at !== undefined) {
      const candidate = this.#candidates[at];
      field.value = candidate.text;
      remember(candidate.country);
      this.#settle(candidate, candidate.text);
      return;
    }
    if (value === NO_PIN) this.#take(null);
    this.#shown(field.value);
    list.querySelector(`input[value=${value}]`).click();
  }

  /** Show a candidate as the one chosen for these words. */
  #settle(candidate, words) {
    this.#shown(words);
    this.#take(candidate);
  }

  #shown(words) {
    const { list, offeredFor, say } = this.#parts;
    offeredFor.value = squeezed(words);
    list.querySelector("[data-typed]").textContent = squeezed(words);
    list.hidden = false;
    say.textContent = "";
  }

  #take(candidate) {
    const { list } = this.#parts;
    for (const input of list.querySelectorAll("input:checked")) input.checked = false;
    const rows = list.querySelector("[data-rows]");
    if (!candidate) {
      rows.replaceChildren();
      this.#announce();
      return;
    }
    const row = this.#row(candidate);
    const input = row.querySelector("input");
    rows.replaceChildren(row);
    input.checked = true;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #row(candidate) {
    const row = this.#parts.template.content.firstElementChild.cloneNode(true);
    Object.assign(row.dataset, pointOf(candidate));
    for (const part of ["name", "where", "why"])
      row.querySelector(`[data-part=${part}]`).textContent = candidate[part];
    const input = row.querySelector("input");
    input.value = candidate.id;
    if (this.#parts.group) input.name = this.#parts.group;
    return row;
  }

  /** Choose what was set by hand on the map; of pin and area there is one. */
  #useOwn(value, where) {
    const { list, field } = this.#parts;
    this.#box.close();
    this.#shown(field.value);
    for (const row of list.querySelectorAll("[data-own]")) {
      const input = row.querySelector("input");
      input.checked = input.value === value;
      row.hidden = !input.checked;
      if (input.checked) row.querySelector("[data-part=where]").textContent = where;
    }
    this.#announce();
  }

  #announce() {
    if (this.#checked) settleRefusal(this.#parts.field);
    this.#parts.list.dispatchEvent(new CustomEvent("chosen", { bubbles: true }));
  }
}

function pointOf({ id, lat, lon, uncertainty_m: uncertainty, name }) {
  return { candidate: id, lat, lon, uncertainty, name };
}

function told(sentence, count) {
  const found = count === 1 ? "1 place." : `${count} places.`;
  return [count ? found : "", sentence, "Arrow keys lead through the list."].filter(Boolean).join(" ");
}

/** The list opens right below the field, over what follows. */
function wrap(field, popup) {
  const hadFocus = document.activeElement === field;
  const box = document.createElement("div");
  box.className = "combobox";
  field.replaceWith(box);
  box.append(field, popup);
  if (hadFocus) field.focus();
}
