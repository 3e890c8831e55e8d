/**
 * The sighting form with scripts: titles, places and the meaning of the date appear while typing, so that one press
 * on Save is enough. Without scripts the form comes back once with the same parts filled in.
 */

import { watchDuplicates } from "./duplicates.js";
import { offerTitles } from "./known-titles.js";
import { searchOnline } from "./online-search.js";
import { PlacePicker } from "./place-picker.js";
import { showMeaning } from "./when-meaning.js";

const form = document.querySelector("#sighting-form");
const part = (id) => form.querySelector(`#${id}`);
const { candidatesUrl, meaningUrl, titlesUrl } = form.dataset;

const knowTitle = offerTitles({ field: part("title"), list: part("known-titles"), line: part("title-means"), address: titlesUrl });

const picker = new PlacePicker({
  field: part("place"),
  list: part("candidates"),
  popup: part("place-popup"),
  live: part("place-live"),
  template: part("candidate-row"),
  option: part("place-option"),
  signs: part("place-signs"),
  offeredFor: part("offered_for"),
  lat: part("lat"),
  say: part("place-sentence"),
  chart: form.querySelector("[data-map=pick]"),
  address: candidatesUrl,
  title: () => part("title").value,
});

searchOnline({
  button: form.querySelector("[data-search-online]"),
  field: part("place"),
  note: part("online-note"),
  title: () => part("title").value,
  show: (offer) => picker.show(offer),
});

const showWhen = showMeaning({
  field: part("when"),
  line: part("when-means"),
  suggestions: part("when-suggestions"),
  shown: part("shown_when"),
  address: meaningUrl,
  latitude: () => picker.latitude,
});

const compare = watchDuplicates({
  offer: form.querySelector("[data-duplicate]"),
  address: form.dataset.duplicatesUrl,
  values: () => ({
    candidate: form.querySelector("#candidates input:checked")?.value ?? "",
    ...Object.fromEntries(
      ["title", "place", "when", "address", "offered_for", "lat", "lon", "accuracy"].map((id) => [id, part(id).value]),
    ),
  }),
});
for (const id of ["title", "when", "address"]) part(id).addEventListener("input", compare);
part("candidates").addEventListener("chosen", compare);

// The film orders namesakes; the place tells which seasons are meant.
part("title").addEventListener("change", () => part("place").value && picker.look());
part("candidates").addEventListener("chosen", () => part("when").value && showWhen());

// How exact the point is, at one press.
for (const button of form.querySelectorAll("[data-metres]")) {
  button.parentElement.hidden = false;
  button.addEventListener("click", () => {
    part("accuracy").value = button.dataset.metres;
    part("accuracy").dispatchEvent(new Event("input", { bubbles: true }));
  });
}

// A draft that came back: what was shown beside the fields is shown again.
form.addEventListener("restored", ({ detail }) => {
  if (part("title").value) knowTitle();
  if (part("place").value) picker.restore(detail.candidate);
  if (part("when").value) showWhen();
  compare();
});

// Typed before this ran, or put back by the browser.
if (part("title").value && !part("title-means").textContent) knowTitle();
if (part("place").value !== part("offered_for").value) picker.look();
if (part("when").value !== part("shown_when").value && !part("when-error")) showWhen();
