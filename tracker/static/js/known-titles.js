/** Titles that are known, offered while one is typed; and whether the whole title is new. */

import { fetchJson, whileTyping } from "./while-typing.js";

function option({ title, detail }) {
  const node = document.createElement("option");
  node.value = title;
  node.label = `${title} (${detail})`;
  return node;
}

export function offerTitles({ field, list, line, address }) {
  const ask = (signal) => fetchJson(address, { q: field.value }, signal);
  const show = ({ titles, sentence }) => {
    list.replaceChildren(...titles.map(option));
    line.textContent = sentence;
  };
  return whileTyping(field, ask, show);
}
