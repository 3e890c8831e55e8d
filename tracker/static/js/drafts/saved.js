/** On the page that follows a saved form: its draft has done its work. */

import { Shelf } from "./shelf.js";

const { owner } = document.querySelector("[data-draft-owner]").dataset;
new Shelf(owner).clearSent();
