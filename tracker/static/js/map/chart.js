/** One chart of the page: the handed-over map with basemap, names, frame, view and layer control. */

import { Basemap } from "./basemap.js";
import { Boxes } from "./boxes.js";
import { element } from "./element.js";
import { keepGentle } from "./gentle.js";
import { Labels } from "./labels.js";
import { addLayers } from "./layers.js";
import { Neatline } from "./neatline.js";
import { Streets } from "./streets.js";
import { calm, onSchemeChange } from "./theme.js";
import { Address, limitView } from "./view.js";

const CREDIT = "Natural Earth · GeoNames";

/** No motion: Leaflet reads these at every move, but has no public way to set them later. */
function stand(map) {
  Object.assign(map.options, { zoomAnimation: false, fadeAnimation: false, inertia: false });
  map._zoomAnimated = map._fadeAnimated = false;
}

export class Chart {
  #basemap;
  #labels;
  #neatline;
  #overlays = [];
  #state;
  #frame = 0;
  #taken = [];

  /** Whether a person moved the map: from then on nothing else does. */
  moved = false;

  constructor(root, map) {
    this.root = root;
    this.map = map;
    map.attributionControl.setPrefix(false).addAttribution(CREDIT);
    const container = map.getContainer();
    container.setAttribute("role", "group");
    container.setAttribute("aria-label", "Map: arrow keys move it, plus and minus zoom");
    for (const pane of ["base", "names", "areas", "legs"])
      map.getPane(pane).setAttribute("aria-hidden", "true");
    if (calm()) stand(map);
    limitView(map);
    this.#basemap = new Basemap(map);
    this.#labels = new Labels(map, root.dataset.labels);
    this.#neatline = new Neatline(map, { obstacles: () => this.#taken });
    this.#state = element("p", { class: "chart-state", role: "status" });
    root.append(this.#state);
    if (root.dataset.wheel === "on") map.scrollWheelZoom.enable();
    else keepGentle(map, root);
    const kept = root.dataset.address !== "off" && root.dataset.map !== "pick";
    this.address = kept ? new Address(map, () => this.moved) : null;
    map.on("moveend zoomend resize", () => this.refresh());
    this.#noticeMoves(container);
    onSchemeChange(() => this.refresh());
    new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(container);
    document.fonts?.ready.then(() => this.refresh());
  }

  #noticeMoves(container) {
    const { map } = this;
    const moved = () => (this.moved = true);
    // Leaflet focuses the map on a click; a ring around it is for those who came by keyboard.
    container.addEventListener("pointerdown", () => this.root.classList.remove("by-keyboard"), true);
    document.addEventListener(
      "keydown",
      ({ key }) => key === "Tab" && this.root.classList.add("by-keyboard"),
    );
    map.on("dragstart", moved);
    container.addEventListener("dblclick", moved);
    container.addEventListener("wheel", () => map.scrollWheelZoom.enabled() && moved(), { passive: true });
    container.addEventListener("touchstart", ({ touches }) => touches.length > 1 && moved(), {
      passive: true,
    });
    container.addEventListener("keydown", ({ key, target }) => {
      if (target === container && /^(Arrow|[-+=_])/.test(key)) moved();
    });
    container.querySelector(".leaflet-control-zoom")?.addEventListener("click", moved, true);
  }

  /** Offer layers; Streets is added at the end where the operator has set an address for it. */
  offer(choices = []) {
    const offered = [...choices];
    if (this.root.dataset.tileUrl) {
      const streets = new Streets(this.map, this.root.dataset, () => this.#switchBase());
      this.streets = streets;
      offered.push({ label: "Streets", note: "from another site", change: (on) => streets.set(on) });
      streets.restore();
      offered.at(-1).checked = streets.on;
    }
    if (offered.length) addLayers(this.map, offered);
  }

  /** `overlay.layout(boxes)` draws and takes its room each time, before the names are set. */
  add(overlay) {
    this.#overlays.push(overlay);
    this.refresh();
  }

  /** Boxes of what lies above the map: controls and anything marked as taking room; `only` narrows them. */
  controls(only = "") {
    const edge = this.map.getContainer().getBoundingClientRect();
    const nodes = this.root.querySelectorAll(`.leaflet-control${only}, [data-takes-room]${only}`);
    return [...nodes].flatMap((node) => {
      const box = node.getBoundingClientRect();
      if (!box.width || !box.height) return [];
      return [
        [
          box.left - edge.left - 6,
          box.top - edge.top - 6,
          box.right - edge.left + 6,
          box.bottom - edge.top + 6,
        ],
      ];
    });
  }

  /** Say something in the chart itself, read out too; "" takes it back. */
  say(words) {
    this.#state.textContent = words;
  }

  refresh() {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#layout());
    this.#basemap.load().then(
      (fresh) => fresh && this.refresh(),
      () => this.say("The map in the background could not be loaded. The list has everything."),
    );
    this.#labels.load().then((fresh) => fresh && this.refresh());
  }

  #layout() {
    const boxes = new Boxes();
    boxes.add(...this.controls());
    for (const overlay of this.#overlays) overlay.layout(boxes);
    this.#taken = boxes.all();
    boxes.add(...this.#neatline.draw());
    if (this.streets?.on) this.#labels.hide();
    else this.#labels.draw(boxes, this.#basemap.countries);
  }

  #switchBase() {
    this.root.classList.toggle("has-streets", this.streets.on);
    this.refresh();
  }
}

/** Start every chart of one kind on the page. */
export function startCharts(kind, start) {
  for (const map of window.shotHere?.maps ?? []) {
    const root = map.getContainer().closest("[data-map]");
    if (root?.dataset.map === kind) start(new Chart(root, map));
  }
}

/** Read JSON of our own; throws with the status when the answer is not fine. */
export async function readJson(url, options = {}) {
  const answer = await fetch(new URL(url, document.baseURI), options);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}.`);
  return answer.json();
}
