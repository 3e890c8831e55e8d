/** What is said of a draft: a bar over the form that asks, and a line beside the button that tells. */

import { clock } from "./clock.js";

export class DraftBar {
  #form;

  constructor(form) {
    this.#form = form;
  }

  follow(form) {
    this.#form = form;
  }

  /** Say that a draft came back; `fresh` starts without it. */
  back(at, fresh) {
    this.#show(`Your draft from ${clock(at)} is back.`, "", ["Start fresh instead", fresh]);
  }

  /** Say that a newer draft is elsewhere; `take` brings it here. */
  elsewhere(where, at, take) {
    this.#show(`${where} saved a newer draft at ${clock(at)}; that one is kept.`, "Typing here keeps this one instead.", [
      "Take that one over",
      take,
    ]);
  }

  overtook(at) {
    this.#show(`Another browser had saved this form at ${clock(at)}.`, "What stands here is newer and is kept now.");
  }

  gone() {
    this.#show("This form was saved or cleared in another tab.", "What stands here is kept again once you type.");
  }

  hide() {
    const bar = this.#part("draft-bar");
    if (bar) bar.hidden = true;
  }

  kept(at, isOnServer, isRefused) {
    const line = this.#part("draft-says");
    if (!line) return;
    const where = isOnServer ? "in your account" : "in this browser";
    const after = isRefused ? " You are signed out meanwhile: sign in again before you save." : "";
    line.textContent = `Draft kept ${where}, ${clock(at)}.${after}`;
  }

  notKept() {
    const line = this.#part("draft-says");
    if (line) line.textContent = "This browser keeps no draft.";
  }

  #show(says, more, [words, act] = []) {
    const bar = this.#part("draft-bar");
    if (!bar) return;
    bar.querySelector("[data-part=says]").textContent = says;
    bar.querySelector("[data-part=more]").textContent = more;
    const button = bar.querySelector("button");
    button.hidden = !words;
    button.textContent = words ?? "";
    button.onclick = act ?? null;
    bar.hidden = false;
  }

  #part(id) {
    return this.#form.querySelector(`#${id}`);
  }
}
