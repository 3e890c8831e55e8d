/** The list beside the world map follows the view: it is asked for whenever the map got its cells. */

const WAIT_MS = 200;

const said = document.querySelector("[data-world-count]");
let pending = null;
let timer = 0;

async function follow({ bbox, zoom }) {
  pending?.abort();
  pending = new AbortController();
  const page = new URL(location.pathname + location.search, location.href); // what is asked of the places stays
  page.searchParams.delete("after");
  page.searchParams.set("bbox", bbox.join(","));
  page.searchParams.set("zoom", zoom);
  const answer = await fetch(page, { signal: pending.signal, headers: { "X-Fragment": "list" } });
  if (!answer.ok) return;
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = parsed.getElementById("world-list");
  const old = document.getElementById("world-list");
  if (!fresh || !old || old.contains(document.activeElement)) return;
  old.replaceWith(document.adoptNode(fresh));
  if (said) said.textContent = fresh.querySelector("h2")?.textContent ?? "";
}

document.addEventListener("cells", ({ detail }) => {
  clearTimeout(timer);
  timer = setTimeout(() => follow(detail).catch(() => {}), WAIT_MS); // the list that stands stays readable
});
