/**
 * "Start from": changing the tab keeps everything, without a way to the server; and what a link tells of itself.
 * Without scripts the tabs post the form, and the page comes back with all that was typed.
 */

const byStart = {
  text: (form) => form.querySelector("#text"),
  link: (form) => form.querySelector("#address"),
  photo: (form) => form.querySelector("#photos"),
  map: (form) => form.querySelector("[data-map=pick]"),
  type: (form) => form.querySelector("#title"),
};

/** Let the tabs of the form show their panels; returns nothing. */
export function startFrom(form) {
  if (!form.querySelector("[data-panel]")) return;
  for (const tab of form.querySelectorAll("[data-start]")) {
    tab.addEventListener("click", (event) => {
      event.preventDefault();
      const { start } = tab.dataset;
      showStart(form, start);
      const target = byStart[start]?.(form);
      if (!target) return;
      if (start === "map") target.tabIndex = -1;
      target.focus();
      target.scrollIntoView({ block: "nearest" });
    });
  }
}

/** Turn to a start, "" for the one that is shown; the focus stays where it is. */
export function showStart(form, start) {
  const tab = form.querySelector(`[data-start="${CSS.escape(start)}"]`);
  const panels = [...form.querySelectorAll("[data-panel]")];
  if (!tab || !panels.length) return;
  for (const each of form.querySelectorAll("[data-start]")) each.removeAttribute("aria-current");
  tab.setAttribute("aria-current", "true");
  for (const panel of panels) panel.hidden = panel.dataset.panel !== start;
  form.classList.toggle("start-map", start === "map");
  const byHand = form.querySelector("#by-hand");
  if (byHand && start === "map") byHand.open = true;
  // The one field of the address stands where it is asked for.
  const homes = form.querySelectorAll("[data-address-here]");
  homes[start === "link" ? 0 : homes.length - 1].append(form.querySelector("#address-part"));
  window.dispatchEvent(new Event("resize"));
}

/** Say under the link what its address tells, and offer its day where none was typed. */
export function readLink(form) {
  const field = form.querySelector("#address");
  const line = form.querySelector("#address-means");
  if (!field || !line) return;
  field.addEventListener("change", async () => {
    const address = new URL(form.dataset.linkUrl, location.href);
    address.searchParams.set("address", field.value);
    const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok) return;
    const { means, problem, when } = await answer.json();
    line.textContent = problem || means;
    const day = form.querySelector("#when");
    const isLink = form.querySelector("[data-start=link]")?.getAttribute("aria-current");
    if (!isLink || !when || !day || day.value.trim()) return;
    day.value = when;
    day.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
