/**
 * Photos to start a sighting from: choosing or dropping them sends them; their date and point fill the form once that is
 * agreed to. Without scripts a button sends them and the page comes back.
 */

const form = document.querySelector("#sighting-form");
const panel = form?.querySelector("[data-panel=photo][data-photos-url]");
const MOST_BYTES = 20 * 1024 * 1024;

if (panel) {
  const input = panel.querySelector("#photos");
  const says = panel.querySelector("[data-photo-says]");
  const part = panel.querySelector("#photo-part");
  const drop = panel.querySelector("[data-photo-drop]");

  input.addEventListener("change", () => input.files.length && send());
  for (const event of ["dragenter", "dragover"])
    drop.addEventListener(event, (dragged) => {
      dragged.preventDefault();
      drop.classList.add("is-over");
    });
  for (const event of ["dragleave", "drop"]) drop.addEventListener(event, () => drop.classList.remove("is-over"));
  drop.addEventListener("drop", (dropped) => {
    dropped.preventDefault();
    if (!dropped.dataTransfer.files.length) return;
    input.files = dropped.dataTransfer.files;
    send();
  });
  part.addEventListener("change", ({ target }) => target.name === "photo_use" && answered(target));
  part.addEventListener("click", (event) => {
    const button = event.target.closest("[name=photo_drop]");
    if (!button) return;
    event.preventDefault();
    send(button.value);
  });
  // Chosen before this ran.
  if (input.files.length) send();

  async function send(leftOut = "") {
    const large = [...input.files].find(({ size }) => size > MOST_BYTES);
    if (large) return tell(`${large.name} is larger than 20 MB. Make it smaller and choose it again.`);
    const body = new FormData(form);
    if (leftOut) body.set("photo_drop", leftOut);
    tell(leftOut ? "Leaving it out …" : "Reading …");
    panel.setAttribute("aria-busy", "true");
    const answer = await fetch(panel.dataset.photosUrl, {
      method: "POST",
      headers: { "X-Fragment": "photos" },
      body,
    }).catch(() => null);
    panel.removeAttribute("aria-busy");
    // What was sent waits on the server; the names alone mean nothing there.
    input.value = "";
    if (!answer?.ok) return tell("The photos could not be sent. What you typed is kept; choose them once more.");
    const fragment = new DOMParser().parseFromString(await answer.text(), "text/html");
    part.replaceChildren(...fragment.body.childNodes);
    const count = part.querySelectorAll("input[name=photo]").length;
    const question = part.querySelector("[data-found] legend");
    tell(
      [count === 1 ? "One photo is read." : `${count || "No"} photos are read.`, question?.textContent]
        .filter(Boolean)
        .join(" "),
    );
  }

  function answered({ value }) {
    if (value !== "yes") return tell("Neither is used.");
    const { when, place, lat, lon, accuracy } = part.querySelector("[data-found]").dataset;
    const filled = [fill("#when", when), setPin(place, lat, lon, accuracy)].filter(Boolean);
    tell(filled.length ? `Filled in below: ${filled.join(" and ")}.` : "What you wrote below was left as it is.");
  }

  function fill(selector, value) {
    const field = form.querySelector(selector);
    if (!field || !value || field.value.trim()) return "";
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    return "the date";
  }

  function setPin(place, lat, lon, accuracy) {
    if (!lat || form.querySelector("#lat").value) return "";
    const name = form.querySelector("#place");
    if (!name.value.trim()) name.value = place;
    form.querySelector("[data-map=pick]").dispatchEvent(
      new CustomEvent("set-pin", {
        detail: { lat: Number(lat), lon: Number(lon), uncertainty_m: Number(accuracy) || null },
      }),
    );
    return "the point";
  }

  function tell(words) {
    says.textContent = words;
  }
}
