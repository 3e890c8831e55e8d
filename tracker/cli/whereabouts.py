"""What `flask geocode --reverse` reads and says."""

from __future__ import annotations

import click
import orjson

from tracker.foundation.errors import InvalidValueError
from tracker.geocoding import Whereabouts


def point_of(text: str) -> tuple[float, float]:
    """Read "62.567,7.687" as (lat, lon) in degrees; raise `InvalidValueError` when it is something else."""
    cells = text.split(",")
    try:
        lat, lon = (float(cell) for cell in cells)
    except ValueError as error:
        raise InvalidValueError(
            f"{text!r} is no point. Write latitude,longitude in degrees, such as 62.567,7.687."
        ) from error
    return lat, lon


def say_where(here: Whereabouts, *, as_json: bool) -> None:
    """Print where a point is, finest first, or as JSON."""
    if as_json:
        click.echo(orjson.dumps(here.as_record(), option=orjson.OPT_INDENT_2).decode())
        return
    for title, near in (
        ("town", here.town),
        ("municipality", here.municipality),
        ("region", here.region),
        ("country", here.country),
    ):
        if near:
            click.echo(f"{title:13} {near.place.name} ({near.distance_m / 1000:,.1f} km)")
    if here.at_sea:
        click.echo("at sea")
    elif not here.country:
        click.echo(f"{'country':13} {here.country_code or 'not known'}")
    click.echo(f"{'time zone':13} {here.time_zone}")
