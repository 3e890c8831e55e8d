/**
 * "Search online": asks the server to ask a provider, looks every second whether it has answered, and shows what
 * it found among the other places. Only ever at a press of the button, never while typing.
 */

const PAUSE_MS = 1000;
const PATIENCE_MS = 120_000;

/** `show(offer)` shows places; `note` is the line that says how the search goes. Without a button nothing happens. */
export function searchOnline({ button, field, note, title, show }) {
  if (!button) return;
  const how = button.parentElement.querySelector("[data-part=how]");
  how.textContent = how.textContent.replace(/;.*$/, ".");
  let running;

  const stop = () => {
    running?.abort();
    running = undefined;
    button.removeAttribute("aria-disabled");
  };

  const search = async (signal) => {
    const body = new FormData();
    body.set("csrf_token", button.form.elements.csrf_token.value);
    body.set("place", field.value);
    body.set("title", title());
    const started = await fetch(button.formAction, { method: "POST", body, signal, headers: { Accept: "application/json" } });
    if (started.status === 429) return { note: "You have searched often just now. Wait a minute, then search again." };
    const { poll, error } = await started.json();
    if (!poll) return { note: error };
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
      const answer = await fetch(poll, { signal, headers: { Accept: "application/json" } });
      if (answer.status !== 202) return answer.json();
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    return { note: "There is still no answer. Search again later." };
  };

  button.addEventListener("click", async (event) => {
    event.preventDefault();
    if (running) return;
    if (!field.value.trim()) {
      note.textContent = "Write a place first.";
      field.focus();
      return;
    }
    const own = new AbortController();
    running = own;
    button.setAttribute("aria-disabled", "true");
    note.textContent = "Asking… You can go on meanwhile.";
    try {
      const offer = await search(own.signal);
      if (running !== own) return;
      if (offer.candidates) show(offer);
      note.textContent = offer.note || offer.sentence || "The answer is among the places above.";
    } catch (error) {
      if (error.name !== "AbortError") note.textContent = "The search did not get through. Search again.";
    } finally {
      if (running === own) stop();
    }
  });

  // Other words are another question.
  field.addEventListener("input", () => {
    stop();
    note.textContent = "";
  });
}
