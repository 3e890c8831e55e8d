/** The form of a citation with scripts: the meaning of the date appears while typing, so that Save is pressed once. */

import { showMeaning } from "./when-meaning.js";

const form = document.querySelector("#citation-form");
const part = (id) => form.querySelector(`#${id}`);

const showWhen = showMeaning({
  field: part("when"),
  line: part("when-means"),
  suggestions: part("when-suggestions"),
  shown: part("shown_when"),
  address: form.dataset.meaningUrl,
  latitude: () => form.dataset.lat ?? null,
});

// Typed before this ran, or put back by the browser.
if (part("when").value !== part("shown_when").value && !part("when-error")) showWhen();
