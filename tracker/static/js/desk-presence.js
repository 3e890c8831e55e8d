/** Say every 20 seconds that a sighting is open, and show who else has it open. */

const EVERY_MS = 20_000;

function sentence(others, waits) {
  const parts = [];
  for (const { name, since } of others) {
    const who = document.createElement("b");
    who.textContent = `${name} has this open too,`;
    parts.push(who, ` since ${since}. `);
  }
  parts.push(waits ? "The first decision counts; the other of you is told." : "It is decided: somebody was faster.");
  return parts;
}

export function keepPresence(item) {
  if (!item) return;
  const line = item.querySelector(".presence");
  const words = line.querySelector("p");
  const token = document.querySelector("input[name=csrf_token]").value;
  const body = (left) => new URLSearchParams({ csrf_token: token, ...(left ? { left: "1" } : {}) });

  const ask = async () => {
    const answer = await fetch(item.dataset.presence, { method: "POST", body: body(false) }).catch(() => null);
    if (!answer?.ok) return;
    const { others, waits } = await answer.json();
    const isNew = line.hidden === (others.length > 0 || !waits);
    if (others.length || !waits) words.replaceChildren(...sentence(others, waits));
    // Only what changes is said by a screen reader; the minutes alone are no news.
    if (isNew) line.hidden = !line.hidden;
  };

  const timer = setInterval(() => document.visibilityState === "visible" && ask(), EVERY_MS);
  addEventListener("pagehide", () => {
    clearInterval(timer);
    navigator.sendBeacon(item.dataset.presence, body(true));
  });
}
