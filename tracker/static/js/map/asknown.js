/** "As known on": the page's control says which day, map and text are asked for again. */

export function withDay(url, day) {
  const target = new URL(url, document.baseURI);
  if (day) target.searchParams.set("as_of", day);
  else target.searchParams.delete("as_of");
  return target;
}

/** Replace the parts of the page that the answer holds; scripts in it do not run, being parsed apart. */
function replaceParts(html) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  for (const part of answer.querySelectorAll("#film-body, [data-fragment][id]")) {
    if (part.parentElement?.closest("#film-body, [data-fragment][id]")) continue;
    document.getElementById(part.id)?.replaceWith(document.adoptNode(part));
  }
}

async function readPage(page, signal) {
  const answer = await fetch(page, { signal, headers: { "X-Fragment": "film" } });
  if (!answer.ok) throw new Error(`The page answered ${answer.status}.`);
  return answer.text();
}

/**
 * Answer the "as-known" events of js/as-known.js ({detail: {date}}, null for today) without loading the page.
 * `change(day, signal)` loads the map, `shown()` is called when text and map are there.
 */
export function followAsKnown(change, shown, failed) {
  let pending = null;
  const load = async (day) => {
    pending?.abort();
    pending = new AbortController();
    const { signal } = pending;
    const page = withDay(location.href, day);
    history.replaceState(history.state, "", page);
    page.hash = "";
    try {
      const [html] = await Promise.all([readPage(page, signal), change(day, signal)]);
      if (signal.aborted) return;
      replaceParts(html);
      shown();
    } catch (error) {
      if (!signal.aborted) failed(error);
    }
  };
  document.addEventListener("as-known", (event) => {
    event.preventDefault();
    load(event.detail.date);
  });
}
