/** The drawing library as our maps use it: its modes in our colours, and its panes where our policy lets them be. */

const DECIMALS = 6;

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Hexadecimal colours are all that the drawing library takes. */
function hex(name, fallback) {
  const value = colour(name);
  return /^#[0-9a-f]{6}$/i.test(value) ? value : fallback;
}

/** Points, lines, areas, and the mode that moves their corners. */
export function modes() {
  const { TerraDrawPointMode, TerraDrawLineStringMode, TerraDrawPolygonMode, TerraDrawSelectMode } =
    window.terraDraw;
  const ink = hex("--link", "#0b5563");
  const paper = hex("--surface", "#ffffff");
  const corner = { pointColor: ink, pointOutlineColor: paper, pointOutlineWidth: 2, pointWidth: 7 };
  const outline = { outlineColor: ink, outlineWidth: 2, fillColor: ink, fillOpacity: 0.13 };
  const handles = { draggable: true, midpoints: true, deletable: true };
  const movable = { feature: { draggable: true, coordinates: handles } };
  return [
    new TerraDrawPointMode({ styles: corner }),
    new TerraDrawLineStringMode({ styles: { lineStringColor: ink, lineStringWidth: 3 } }),
    new TerraDrawPolygonMode({ styles: outline }),
    new TerraDrawSelectMode({
      flags: { point: { feature: { draggable: true } }, linestring: movable, polygon: movable },
      styles: {
        selectedPolygonColor: ink,
        selectedPolygonOutlineColor: ink,
        selectedPolygonFillOpacity: 0.13,
        selectedLineStringColor: ink,
        selectedPointColor: ink,
        selectionPointColor: paper,
        selectionPointOutlineColor: ink,
        selectionPointWidth: 6,
        selectionPointOutlineWidth: 2,
        midPointColor: ink,
        midPointOutlineColor: paper,
        midPointWidth: 4,
        midPointOutlineWidth: 1,
      },
    }),
  ];
}

/** The library orders its panes by style sheets of its own, which our policy refuses: they are ordered here. */
export function adapterOf(map) {
  class Adapter extends window.terraDrawLeafletAdapter.TerraDrawLeafletAdapter {
    createPaneStyleSheet(name, level) {
      const pane = map.getPane(name) ?? map.createPane(name);
      pane.style.zIndex = String(600 + level);
      pane.setAttribute("aria-hidden", "true");
      return { remove() {} };
    }
  }
  return new Adapter({ lib: window.L, map, coordinatePrecision: DECIMALS });
}
