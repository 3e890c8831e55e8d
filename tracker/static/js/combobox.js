/**
 * A text field with a list of suggestions below it (the combobox pattern of ARIA 1.2). It opens on typing or with the
 * arrow key down; Enter and a click choose, Escape closes and keeps the text, Tab leaves without choosing.
 */

import ComboboxNav from "../vendor/combobox-nav/combobox-nav.js";
import { whileTyping } from "./while-typing.js";

const PAUSE_MS = 120;
const LEAST_HEIGHT = 260;
const LEAST_LIST = 112;
const GAP = 12;

export class Combobox {
  #field;
  #popup;
  #list;
  #nav;
  #parts;
  #answer = null;
  #isWanted = false;

  /**
   * `field` is the input, `popup` what opens below it, `list` the listbox inside. `ask(signal)` resolves to an answer or
   * null; `rows(answer)` are the options for it, each with role and id; `tell(answer)` is said to those who do not see
   * it, in `live`; `choose(option)` is called with the option taken. The list gets an "active" event, the option that
   * the keys point at in its detail, null when they point at none.
   */
  constructor(parts) {
    this.#parts = parts;
    this.#field = parts.field;
    this.#popup = parts.popup;
    this.#list = parts.list;
    this.#nav = new ComboboxNav(parts.field, parts.list, { tabInsertsSuggestions: false });
    this.look = whileTyping(parts.field, parts.ask, (answer) => this.show(answer), PAUSE_MS);
    this.#listen();
  }

  get isOpen() {
    return !this.#popup.hidden;
  }

  /** Put an answer into the list; it is shown when the field is being typed into. */
  show(answer) {
    this.#answer = answer;
    this.#list.replaceChildren(...this.#parts.rows(answer));
    if (!this.#list.childElementCount) return this.close();
    if (!this.#isWanted || document.activeElement !== this.#field) return;
    this.#open();
    this.#parts.live.textContent = this.#parts.tell(answer);
  }

  close() {
    this.#isWanted = false;
    if (!this.isOpen) return;
    this.#nav.stop();
    this.#popup.hidden = true;
    this.#parts.live.textContent = "";
    this.#point(null);
  }

  #listen() {
    this.#field.addEventListener("input", () => {
      this.#isWanted = true;
      this.#point(null);
    });
    this.#field.addEventListener("keydown", (event) => this.#press(event));
    this.#field.addEventListener("blur", () => this.close());
    // The field keeps the focus while somebody presses on a row.
    this.#popup.addEventListener("mousedown", (event) => event.preventDefault());
    this.#list.addEventListener("click", ({ target }) => {
      const option = target.closest("[role=option]");
      if (!option) return;
      this.close();
      this.#parts.choose(option);
      this.#answer = null;
      this.#list.replaceChildren();
    });
    this.#list.addEventListener("combobox-select", ({ target }) => this.#point(target));
    window.visualViewport?.addEventListener("resize", () => this.isOpen && this.#fit());
  }

  #press(event) {
    if (event.isComposing) return;
    if (event.key === "Escape" && this.isOpen) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "ArrowDown" && !this.isOpen) {
      event.preventDefault();
      this.#enter(!event.altKey);
    } else if (this.isOpen) {
      // The keys are the list's; past its ends they point at the field again.
      setTimeout(() => this.#field.hasAttribute("aria-activedescendant") || this.#point(null));
    }
  }

  async #enter(first) {
    this.#isWanted = true;
    if (this.#answer && this.#parts.isCurrent(this.#answer)) this.show(this.#answer);
    else await this.look();
    if (first && this.isOpen) this.#nav.navigate(1);
  }

  #open() {
    if (this.isOpen) {
      this.#nav.clearSelection();
    } else {
      this.#popup.hidden = false;
      this.#nav.start();
    }
    this.#list.scrollTop = 0;
    this.#fit();
  }

  /** No row may end up below the window, the keyboard of a phone, or a bar at the bottom. */
  #fit() {
    const room = () => this.#bottom() - this.#field.getBoundingClientRect().bottom - GAP;
    if (room() < LEAST_HEIGHT) (this.#field.labels[0] ?? this.#field).scrollIntoView({ block: "start" });
    const head = this.#popup.offsetHeight - this.#list.offsetHeight;
    this.#list.style.maxHeight = `${Math.max(room() - head, LEAST_LIST)}px`;
  }

  #bottom() {
    const view = window.visualViewport;
    const end = view ? view.offsetTop + view.height : window.innerHeight;
    const bar = document.querySelector(".tab-bar")?.getBoundingClientRect();
    return bar?.height ? Math.min(end, bar.top) : end;
  }

  #point(option) {
    this.#list.dispatchEvent(new CustomEvent("active", { bubbles: true, detail: option }));
  }
}

/** The parts of a text for a row: what matches the letters typed stands in <mark>. Accents and case do not matter. */
export function marked(text, typed) {
  const letters = [...text].map((letter) => [letter, plain(letter)]);
  const wanted = plain(typed).trim();
  const whole = letters.map(([, folded]) => folded).join("");
  const at = wanted ? beginningOfWord(whole, wanted) : -1;
  if (at < 0) return [text];
  let passed = 0;
  const parts = ["", "", ""];
  for (const [letter, folded] of letters) {
    parts[passed < at ? 0 : passed < at + wanted.length ? 1 : 2] += letter;
    passed += folded.length;
  }
  const mark = document.createElement("mark");
  mark.textContent = parts[1];
  return [parts[0], mark, parts[2]].filter((part) => part !== "");
}

function beginningOfWord(whole, wanted) {
  for (let at = whole.indexOf(wanted); at >= 0; at = whole.indexOf(wanted, at + 1))
    if (at === 0 || !/[\p{L}\p{N}]/u.test(whole[at - 1])) return at;
  return -1;
}

const WHOLE_LETTERS = { ø: "o", đ: "d", ð: "d", ł: "l", ħ: "h", ı: "i", æ: "ae", œ: "oe", ß: "ss", þ: "th" };

function plain(text) {
  return text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[øđðłħıæœßþ]/g, (letter) => WHOLE_LETTERS[letter]);
}
