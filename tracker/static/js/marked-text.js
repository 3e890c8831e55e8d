/**
 * The facts marked in a text: taken, left out or still to decide, by keys while one has the focus, or by buttons.
 * The form's ticks and fields hold what is sent; the marks only show it.
 */

const TOLD = { taken: "", asks: ", to decide", left: ", left out" };

export class MarkedText {
  #form;
  #marks;
  #strip;
  #current = null;

  constructor(form) {
    this.#form = form;
    this.#marks = [...form.querySelectorAll("[data-fact]")];
    this.#strip = form.querySelector("#fact-strip");
    if (!this.#strip) return;
    for (const mark of this.#marks) {
      mark.addEventListener("focus", () => this.#show(mark));
      mark.addEventListener("click", (event) => event.preventDefault());
      mark.addEventListener("keydown", (event) => this.#press(event, mark));
    }
    for (const button of this.#strip.querySelectorAll("[data-do]")) {
      button.addEventListener("click", () => this.#do(button.dataset.do, this.#current));
    }
    for (const tick of form.querySelectorAll("[data-tick]")) {
      tick.addEventListener("change", () => {
        const mark = this.#marks.find((each) => each.dataset.fact === tick.dataset.tick);
        if (mark) this.#set(mark, tick.checked ? "taken" : "left");
        else this.#setEntry(tick.dataset.tick, tick.checked ? "taken" : "left");
      });
    }
    for (const offer of form.querySelectorAll("[data-duplicate]")) {
      offer.addEventListener("keydown", (event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        this.#afterOffer(offer);
      });
    }
    // What was left out stays so when the page comes back.
    for (const mark of this.#marks) this.#remember(mark);
  }

  /** Put the focus on what is to be decided next: an open fact, the first offer, or the button that saves. */
  focusNext() {
    (this.#open()[0] ?? this.#offers()[0] ?? this.#save).focus();
  }

  get #save() {
    return this.#form.querySelector("#save-entries");
  }

  #open() {
    return this.#marks.filter((mark) => mark.dataset.state === "asks");
  }

  #offers() {
    return [...this.#form.querySelectorAll("[data-state=taken] [data-duplicate]:not([hidden]) input:checked")];
  }

  #afterOffer(offer) {
    // The default is taken already: one offer is enough to have seen that there are some.
    offer.dataset.seen = "true";
    this.#save.focus();
  }

  #press(event, mark) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    const all = event.shiftKey && key === "a";
    const action = all ? "all" : { a: "take", d: "leave", e: "change", n: "next", enter: "change" }[key];
    if (!action || (event.shiftKey && !all)) return;
    event.preventDefault();
    this.#do(action, mark);
  }

  #do(action, mark) {
    if (!mark) return;
    if (action === "change") return this.#change(mark);
    if (action === "take") this.#set(mark, "taken");
    if (action === "leave") this.#set(mark, "left");
    if (action === "all") for (const each of this.#open()) this.#set(each, "taken");
    if (action === "next") return this.#after(mark);
    return this.focusNext();
  }

  #after(mark) {
    const open = this.#open();
    const later = open.find((each) => this.#marks.indexOf(each) > this.#marks.indexOf(mark));
    (later ?? open[0] ?? mark).focus();
  }

  #change(mark) {
    const entry = this.#form.querySelector(`[data-entry="${CSS.escape(mark.dataset.fact)}"]`);
    const details = entry?.querySelector("details");
    if (details) details.open = true;
    const field =
      details?.querySelector(".control") ??
      (mark.dataset.kind === "what"
        ? this.#form.querySelector("#title")
        : mark.dataset.kind === "who"
          ? this.#form.querySelector(`[data-tick="${CSS.escape(mark.dataset.fact)}"]`)
          : this.#form.querySelector("#entries"));
    field?.focus();
  }

  #set(mark, state) {
    mark.dataset.state = state;
    const { fact, kind, value } = mark.dataset;
    const implied = mark.classList.contains("fact-implied") ? ", implied" : "";
    mark.querySelector("[data-told]").textContent = `, ${kind}${implied}${TOLD[state]}`;
    const tick = this.#form.querySelector(`[data-tick="${CSS.escape(fact)}"]`);
    if (tick) tick.checked = state === "taken";
    if (kind === "what" && state === "taken") this.#form.querySelector("#title").value = value;
    if (kind === "when") this.#setWhen(value, state);
    if (kind === "where") this.#setEntry(fact, state);
    this.#remember(mark);
    this.#count();
    this.#form.dispatchEvent(new Event("change"));
  }

  #setEntry(number, state) {
    const entry = this.#form.querySelector(`[data-entry="${CSS.escape(number)}"]`);
    if (entry) entry.dataset.state = state;
    this.#count();
  }

  /** A date that is left out leaves the entries that had it from the text. */
  #setWhen(value, state) {
    for (const field of this.#form.querySelectorAll('[name^="when-"]')) {
      const [from, to] = state === "left" ? [value, "not sure"] : ["not sure", value];
      if (field.value !== from) continue;
      field.value = to;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  #remember(mark) {
    const number = mark.dataset.fact;
    this.#form.querySelector(`input[name=left][value="${CSS.escape(number)}"]`)?.remove();
    if (mark.dataset.state !== "left") return;
    const left = document.createElement("input");
    Object.assign(left, { type: "hidden", name: "left", value: number });
    this.#form.append(left);
  }

  #count() {
    const numbers = { taken: 0, asks: 0, left: 0 };
    for (const mark of this.#form.querySelectorAll(".marked-text .fact")) numbers[mark.dataset.state ?? "taken"] += 1;
    const all = numbers.taken + numbers.asks + numbers.left;
    this.#form.querySelector("#fact-count").textContent =
      `${all} facts found: ${numbers.taken} taken, ${numbers.asks} for you to decide, ${numbers.left} left out.`;
    const entries = this.#form.querySelectorAll("[data-entry][data-state=taken]").length;
    this.#save.textContent = `${this.#save.dataset.verb ?? "Save"} ${entries} ${entries === 1 ? "entry" : "entries"}`;
    const open = numbers.asks;
    this.#form.querySelector("#open-count").textContent = open
      ? `${open} ${open === 1 ? "fact is" : "facts are"} still open; ${open === 1 ? "that is" : "those are"} not saved.`
      : "";
  }

  #show(mark) {
    this.#current = mark;
    const entry = this.#form.querySelector(`[data-entry="${CSS.escape(mark.dataset.fact)}"] .note`);
    this.#strip.querySelector("[data-part=says]").textContent =
      mark.dataset.says + (entry ? ` ${entry.textContent.trim()}.` : "");
    mark.closest("p").after(this.#strip);
    this.#strip.hidden = false;
  }
}
