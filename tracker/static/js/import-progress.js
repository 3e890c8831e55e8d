/** Shows how far an import is, once a second; when its step is over, the page says what came of it. */

const PAUSE_MS = 1000;

const part = document.querySelector("[data-progress]");
const bar = part.querySelector("progress");
const words = part.querySelector("[data-part=words]");

const look = async () => {
  try {
    const answer = await fetch(part.dataset.progress, { headers: { Accept: "application/json" } });
    if (answer.ok) {
      const progress = await answer.json();
      if (progress.over) return location.reload();
      words.textContent = progress.words;
      if (progress.total) {
        bar.max = progress.total;
        bar.value = progress.done;
      } else {
        bar.removeAttribute("value");
      }
    }
  } catch {
    words.textContent = "No answer from here just now. It goes on without this page.";
  }
  setTimeout(look, PAUSE_MS);
};

setTimeout(look, PAUSE_MS);
