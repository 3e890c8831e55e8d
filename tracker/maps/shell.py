"""Draw the map shells: what folium contributes to a page, rendered once, the same for every film.

A shell holds no data and no words. ``map_shell`` takes a ``MapKind`` and nothing else, because branca
compiles what it renders a second time as a Jinja template: text that reached a folium object would be run on
the server. What a person typed travels as JSON and reaches the page by ``textContent`` in ``static/js/map``.

What a page template must provide
=================================

Once a page, in this order (``static(x)`` is ``url_for("static", filename=x)``)::

    {% include "macros/chart_styles.html" %}   in the head, after tokens.css
    <script src="{{ static('vendor/leaflet/leaflet.js') }}" nonce="{{ nonce }}"></script>   after the chart
    <script nonce="{{ nonce }}">{{ shell.script }}</script>
    <script type="module" src="{{ static('js/map/route.js') }}" nonce="{{ nonce }}"></script>

The module is named after the kind: ``route.js``, ``world.js``, ``place.js``, ``pick.js``,
``shape.js``. ``shell.html`` and ``shell.script`` are ``Markup``: no ``|safe``.
Basemap and topojson are found from the module's own address.
Without scripts the CSS removes the empty chart; the list on the page is the map.

Attributes of every chart::

    class="chart" role="region" aria-label="Map of ..."
    data-map="route|world|place|pick|shape"
    data-labels="/map/labels.json"   towns; ?bbox=w,s,e,n&zoom=z is added; [{name, lat, lon, population}]
    data-tile-url="https://.../{z}/{x}/{y}.png"     Streets; asked for only once chosen. Left out: not offered
    data-tile-attribution="© OpenStreetMap contributors"    data-tile-attribution-url="https://..."
    data-wheel="on"                  the wheel zooms at once (world page); else after a click, or with Ctrl
    data-address="off"               do not keep the view in the address as #map=z/lat/lon (pick never does)

Film::

    <div class="chart" data-map="route" role="region" aria-label="Map of the route" ...
         data-source="/productions/x.geojson?as_of=2020-10-05">{{ shell.html }}</div>

    <li id="stop-12" data-shoot="12">...</li>
        Hovering or focusing an entry lights up its marker, and back: the entry gets the class "is-lit".

    <input type="range" data-time-slider min="0" max="426" value="426" data-first-day="2020-07-01"
           aria-label="Day"> <output data-time-output></output>
        Days counted from data-first-day; at the end everything is shown. Entries of later stops get the
        attribute data-later.

    {{ as_known(...) }}     macros/as_known.html with js/as-known.js
        Its "as-known" event makes the module ask for the map's data with as_of=D and for this page with
        ?as_of=D and the header X-Fragment: film. #film-body, or every element of the answer that has
        data-fragment and an id, replaces the page's. Keep chart and form outside of these.

World::

    <div class="chart" data-map="world" ... data-cells="/map/cells.json?status=wrapped"
         data-centre="30,12" data-zoom="2.1" data-wheel="on">{{ shell.html }}</div>
        bbox and zoom are added to data-cells; data-centre (lat,lon) and data-zoom may be left out.

Place::

    <div class="chart" data-map="place" ... data-source="/places/3-rauma.geojson">{{ shell.html }}</div>
        Features by role: "place" (Point; name, kind_word, uncertainty_m, and where known status, number,
        bracket), "area", "neighbour" (Point; name, kind_word, url, status...), "neighbour-area". On both maps
        "unreviewed" (Point; name, sightings: film, dates, url): hollow and dashed, never part of the route.

Pick::

    <div class="chart" data-map="pick" ... data-candidates="#candidates"
         data-lat-field="#lat" data-lon-field="#lon">{{ shell.html }}</div>
    <div id="candidates">
      <label data-candidate="geonames:1" data-lat="62.57" data-lon="7.69" data-uncertainty="24000"
             data-name="Rauma">... <input type="radio"></label>
    </div>
        The selector may name several lists, and a list may be replaced at any time; data-candidate tells the
        same place in two of them. Focusing or hovering a candidate fills its dot, and so does an "active"
        event of its list with the row in its detail; its checked radio button selects it, a click on the dot
        checks the button. A click on the map sets a pin: fills the two fields (with an "input" event),
        unchecks the candidates and sends "pin" on the chart, {lat, lon} in its detail; choosing a candidate
        takes the pin back and empties the fields. data-accuracy-field holds the metres of the circle around
        the pin; with data-area-field and the scripts of terra-draw an area can be drawn, told by "area". A
        "follow" event on the chart, {lists, fields} in its detail, turns it to other lists and fields.

Shape::

    <div class="chart" data-map="shape" data-form="#shape-fields" ...>{{ shell.html }}</div>
        Needs the scripts of terra-draw and its adapter before its own. What is drawn goes into the fields
        "shape", "lat", "lon" and "vertices" of the form's part, and what is typed there onto the map.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, cast

import folium
from branca.element import Figure
from folium.map import CustomPane
from folium.template import Template
from markupsafe import Markup


class MapKind(StrEnum):
    """Name what a map is for; the module ``static/js/map/<kind>.js`` brings it to life."""

    ROUTE = "route"
    WORLD = "world"
    PLACE = "place"
    PICK = "pick"
    SHAPE = "shape"


@dataclass(frozen=True, slots=True)
class MapShell:
    """Hold the two pieces that a page shows: ``html`` inside the chart, ``script`` inside a nonced tag."""

    html: Markup
    script: Markup


# Stacking order of our panes. Leaflet's own: tiles 200, overlays 400, markers 600, popups 700.
PANES = {"base": 150, "names": 350, "areas": 410, "legs": 420}

# The offline basemap holds its shape to about zoom 9; Streets raises the limit when it is chosen.
LEAFLET_OPTIONS: dict[str, Any] = {
    "minZoom": 1,
    "maxZoom": 11,
    "zoomSnap": 0.25,
    "worldCopyJump": True,
    "scrollWheelZoom": False,
    "attributionControl": True,
}


class Handover(folium.MacroElement):
    """Leave the finished Leaflet map where the page's module, which loads later, picks it up."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "(window.shotHere ??= {maps: []}).maps.push({{ this._parent.get_name() }});"
        "{% endmacro %}"
    )


def _build(kind: MapKind) -> folium.Map:
    """Build the folium map of one kind, with names that are the same in every process."""
    chart = folium.Map(location=(30, 10), zoom_start=2, tiles=None, **LEAFLET_OPTIONS)
    chart._id = kind.value
    for name, z_index in PANES.items():
        pane = CustomPane(name, z_index=z_index, pointer_events=name in {"areas", "legs"})
        pane._id = f"{kind.value}_{name}"
        chart.add_child(pane)
    handover = Handover()
    handover._id = kind.value
    chart.add_child(handover)
    return chart


@cache
def map_shell(kind: MapKind) -> MapShell:
    """Return the shell of one kind of map; rendered once per process.

    ``root.header``, with its links to other sites, is not used.
    """
    root = cast(Figure, _build(MapKind(kind)).get_root())
    root.render()
    return MapShell(
        html=Markup(root.html.render().strip()),  # noqa: S704 - no text enters it, see above
        script=Markup(root.script.render().strip()),  # noqa: S704
    )
