/**
 * Reading a pasted text: it begins with the paste, and the page that the server answers takes the place of this one.
 * Without scripts, or when the server cannot be reached, the button does the same by posting the form.
 */

import { MarkedText } from "./marked-text.js";
import { readLink, startFrom } from "./start-from.js";

/** Make the form on the page work, wherever it came from. */
function begin(form) {
  startFrom(form);
  readLink(form);
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
  const page = await fetch(form.dataset.readUrl, { method: "POST", body: new FormData(form) })
    .then(async (answer) => (answer.ok || answer.status === 422 ? answer.text() : null))
    .catch(() => null);
  if (page === null) {
    button.removeAttribute("aria-disabled");
    says.textContent = "The text could not be read just now. It is kept: try again, or fill in the fields below.";
    return;
  }
  const answered = new DOMParser().parseFromString(page, "text/html");
  for (const sheet of answered.querySelectorAll("head link[rel=stylesheet]")) {
    if (!document.querySelector(`link[href="${CSS.escape(sheet.getAttribute("href"))}"]`)) document.head.append(sheet);
  }
  document.title = answered.title;
  document.querySelector("#main").replaceChildren(...answered.querySelector("#main").childNodes);
  const wrong = document.querySelector(".error-summary");
  const marked = begin(document.querySelector("form.form[data-read-url]"));
  if (wrong) wrong.focus();
  else if (marked) marked.focusNext();
}

const form = document.querySelector("form.form[data-read-url]");
const marked = begin(form);
const start = form.querySelector("[data-start][aria-current]")?.dataset.start;
if (!document.querySelector(".error-summary")) {
  if (marked) marked.focusNext();
  // A fresh page awaits the paste, and a tab pressed before this ran awaits its field.
  else if (start === "link") form.querySelector("#address").focus();
  else if (start === "text" && !form.querySelector("#title").value) form.querySelector("#text").focus({ preventScroll: true });
}
