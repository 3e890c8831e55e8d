/** Under the date field, what the typed date means, or why it cannot be and what could be written instead. */

import { settleRefusal } from "./refusal.js";
import { fetchJson, whileTyping } from "./while-typing.js";

function suggestionButton(phrase, choose) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-plain button-small";
  button.textContent = phrase;
  button.addEventListener("click", () => choose(phrase));
  return button;
}

/** `shown` is the hidden field that remembers for which words a meaning was shown; `latitude()` tells the seasons. */
export function showMeaning({ field, line, suggestions, shown, address, latitude }) {
  const ask = (signal) => {
    const parameters = { when: field.value };
    const lat = latitude();
    if (lat !== null) parameters.lat = lat;
    return fetchJson(address, parameters, signal);
  };

  const choose = (phrase) => {
    field.value = phrase;
    field.focus();
    now();
  };

  const show = ({ means, problem, suggestions: phrases }) => {
    settleRefusal(field, { stillWrong: Boolean(problem) });
    line.textContent = means || problem;
    line.className = problem ? "field-error" : "field-means";
    shown.value = means ? field.value : "";
    suggestions.replaceChildren(...phrases.map((phrase) => suggestionButton(phrase, choose)));
  };

  const now = whileTyping(field, ask, show);
  return now;
}
