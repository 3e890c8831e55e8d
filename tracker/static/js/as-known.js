/**
 * The "as known on" slider. The form with a date field works alone; this shows the range in the zebra instead.
 *
 * Every settled day fires a cancelable "as-known" event on the form, {detail: {date: "YYYY-MM-DD" or null for today}}.
 * A page that redraws by itself prevents it; otherwise the form is sent. Arrow keys, Page Up and Page Down go from one
 * day on which a source was published to the next; with Shift the arrows go by single days.
 */

const DAY_MS = 86_400_000;
const SETTLED_MS = 400;
const FOCUS = "as-known-focus";
const STEPS = {
  ArrowRight: 1,
  ArrowUp: 1,
  PageUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageDown: -1,
};
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function dayOf(first, offset) {
  return new Date(Date.parse(`${first}T00:00:00Z`) + offset * DAY_MS);
}

function inWords(day) {
  return `${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]} ${day.getUTCFullYear()}`;
}

function nextStop(days, value, direction) {
  const later = direction > 0 ? days.filter((day) => day > value) : days.filter((day) => day < value).reverse();
  return later[0];
}

export function slideThroughTime(form) {
  const range = form.querySelector("input[type=range]");
  const field = form.querySelector("input[type=date]");
  const words = form.querySelector("output");
  const note = form.querySelector(".as-known-note");
  const last = Number(range.max);
  const days = [...form.querySelectorAll("[data-day]")].map((tick) => Number(tick.dataset.day)).sort((a, b) => a - b);
  let settled = Number(range.value);
  let timer;

  const show = () => {
    const value = Number(range.value);
    const day = dayOf(range.dataset.first, value);
    const isToday = value >= last;
    words.textContent = isToday ? "Today" : inWords(day);
    note.textContent = isToday ? "every live source" : "only sources published by then";
    range.setAttribute("aria-valuetext", isToday ? "today" : inWords(day));
    form.style.setProperty("--known", `${last ? (100 * value) / last : 100}%`);
    field.value = isToday ? field.max : day.toISOString().slice(0, 10);
    field.disabled = isToday;
  };

  const settle = () => {
    const value = Number(range.value);
    if (value === settled) return;
    settled = value;
    const date = value >= last ? null : field.value;
    const event = new CustomEvent("as-known", { bubbles: true, cancelable: true, detail: { date } });
    if (!form.dispatchEvent(event)) return;
    // The page loads anew: whoever works by keyboard goes on where they were.
    if (document.activeElement === range) sessionStorage.setItem(FOCUS, location.pathname);
    form.requestSubmit();
  };

  range.addEventListener("input", show);
  // Arrow keys settle a day at every press; the pause keeps a row of presses one change.
  range.addEventListener("change", () => {
    clearTimeout(timer);
    timer = setTimeout(settle, SETTLED_MS);
  });
  range.addEventListener("keydown", (event) => {
    const direction = STEPS[event.key];
    if (!direction || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const value = Number(range.value);
    const oneDay = event.shiftKey && event.key.startsWith("Arrow");
    range.value = oneDay
      ? value + direction
      : (nextStop(days, value, direction) ?? (direction > 0 ? last : 0));
    range.dispatchEvent(new Event("input", { bubbles: true }));
    range.dispatchEvent(new Event("change", { bubbles: true }));
  });

  form.querySelector(".as-known-slider").hidden = false;
  form.querySelector(".as-known-plain").hidden = true;
  form.querySelector("label").htmlFor = range.id;
  range.removeAttribute("aria-label");
  show();
  if (sessionStorage.getItem(FOCUS) === location.pathname) range.focus({ preventScroll: true });
  sessionStorage.removeItem(FOCUS);
}

for (const form of document.querySelectorAll("[data-as-known]")) slideThroughTime(form);
