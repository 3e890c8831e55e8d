/** Ask the server while somebody types: after a pause, and only the newest answer counts. */

const PAUSE_MS = 400;

/**
 * Call `ask(signal)` once `field` has rested for `pause` milliseconds, and `show(answer)` with what it resolves to.
 * A null answer, a newer one on its way and a failed request show nothing. Returns a function that asks at once.
 */
export function whileTyping(field, ask, show, pause = PAUSE_MS) {
  let timer;
  let running;

  const now = async () => {
    clearTimeout(timer);
    running?.abort();
    const own = new AbortController();
    running = own;
    try {
      const answer = await ask(own.signal);
      if (answer !== null && running === own) show(answer);
    } catch (error) {
      if (error.name !== "AbortError") console.warn(`Nothing to show for ${field.name}: ${error.message}`);
    }
  };

  field.addEventListener("input", () => {
    running?.abort();
    clearTimeout(timer);
    timer = setTimeout(now, pause);
  });
  return now;
}

/** Fetch JSON from one of our own addresses; null when the server refuses. */
export async function fetchJson(address, parameters, signal) {
  const url = new URL(address, location.href);
  url.search = new URLSearchParams(parameters);
  const answer = await fetch(url, { signal, headers: { Accept: "application/json" } });
  return answer.ok ? answer.json() : null;
}
