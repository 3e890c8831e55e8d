/** Say while somebody types that a shoot like this one is there already, and offer to add the source to it. */

import { fetchJson } from "./while-typing.js";

const PAUSE_MS = 500;

/** `values()` are the fields as they stand; `offer` is the fieldset. Returns a function to call after a change. */
export function watchDuplicates({ offer, address, values }) {
  let timer;
  let running;

  const show = (found) => {
    const wasHidden = offer.hidden;
    offer.hidden = !found;
    for (const button of offer.querySelectorAll("input")) button.disabled = !found;
    if (!found) return;
    const say = (part, words) => {
      const node = offer.querySelector(`[data-part=${part}]`);
      if (node.textContent !== words) node.textContent = words;
    };
    say("name", `${found.name} is already there.`);
    say("why", `Grade ${found.grade}. ${found.why}`);
    say("without", values().address ? "" : "Without a link a moderator adds it.");
    if (wasHidden) {
      const likely = found.near_only ? "another" : "add";
      offer.querySelector(`input[value=${likely}]`).checked = true;
    }
  };

  const ask = async () => {
    running?.abort();
    const own = (running = new AbortController());
    const answer = await fetchJson(address, values(), own.signal).catch(() => null);
    if (answer && running === own) show(answer.found);
  };

  return () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  };
}
