/**
 * Reading a pasted text: it begins with the paste, and the page that the server answers takes the place of this one.
 * Without scripts, or when the server cannot be reached, the button does the same by posting the form.
 */

import { Draft } from "./drafts/draft.js";
import { keepMap } from "./entry-map.js";
import { MarkedText } from "./marked-text.js";
import { startEntries } from "./pasted-entries.js";
import { readLink, showStart, startFrom } from "./start-from.js";

/** Make the form on the page work, wherever it came from. */
function begin(form) {
  startFrom(form);
  readLink(form);
  startEntries(form);
  const text = form.querySelector("#text");
  const button = form.querySelector("[data-read]");
  text?.addEventListener("paste", () => setTimeout(() => read(form, button)));
  button?.addEventListener("click", (event) => {
    event.preventDefault();
    read(form, button);
  });
  return form.querySelector("#marked-text") ? new MarkedText(form) : null;
}

async function read(form, button) {
  const says = form.querySelector("#reading-says");
  says.textContent = "Reading the text…";
  button.setAttribute("aria-disabled", "true");
  const page = await pageOf(form, new FormData(form));
  if (page === null) {
    button.removeAttribute("aria-disabled");
    says.textContent = "The text could not be read just now. It is kept: try again, or fill in the fields below.";
    return;
  }
  const marked = show(page);
  draft.touch();
  const wrong = document.querySelector(".error-summary");
  if (wrong) wrong.focus();
  else if (marked) marked.focusNext();
}

/** What the server makes of a text and the decisions on it; null when it cannot be reached. */
function pageOf(form, body) {
  return fetch(form.dataset.readUrl, { method: "POST", body })
    .then(async (answer) => (answer.ok || answer.status === 422 ? answer.text() : null))
    .catch(() => null);
}

/** Show again a text that was read, with all that was decided; false when it cannot be had just now. */
async function readAgain(fields) {
  const form = theForm();
  const body = new FormData();
  body.set("csrf_token", form.elements.csrf_token.value);
  for (const [name, value] of fields) body.append(name, value);
  body.delete("start");
  const page = await pageOf(form, body);
  if (page !== null) show(page);
  return page !== null;
}

/** Let a page that the server answered take the place of this one. */
function show(page) {
  const answered = new DOMParser().parseFromString(page, "text/html");
  for (const sheet of answered.querySelectorAll("head link[rel=stylesheet]")) {
    if (!document.querySelector(`link[href="${CSS.escape(sheet.getAttribute("href"))}"]`)) document.head.append(sheet);
  }
  document.title = answered.title;
  keepMap(() => document.querySelector("#main").replaceChildren(...answered.querySelector("#main").childNodes));
  const form = theForm();
  draft.follow(form);
  return begin(form);
}

const theForm = () => document.querySelector("form.form[data-read-url]");

const form = theForm();
const draft = new Draft(form, { readText: readAgain, showStart });
const marked = begin(form);
const start = form.querySelector("[data-start][aria-current]")?.dataset.start;
if (!document.querySelector(".error-summary")) {
  if (marked) marked.focusNext();
  // A fresh page awaits the paste, and a tab pressed before this ran awaits its field.
  else if (start === "link") form.querySelector("#address").focus();
  else if (start === "text" && !form.querySelector("#title").value) form.querySelector("#text").focus({ preventScroll: true });
}
// Modules that fill the form in run before this one.
draft.begin();
