"""A geopy geocoder that needs no network: GeoNames places and areas, and our own landmarks, from one file."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from geopy.adapters import BaseSyncAdapter  # type: ignore[import-untyped]
from geopy.exc import GeocoderQueryError, GeocoderServiceError  # type: ignore[import-untyped]
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder  # type: ignore[import-untyped]
from geopy.location import Location  # type: ignore[import-untyped]
from geopy.point import Point  # type: ignore[import-untyped]

from tracker.foundation.errors import DataFileError, InvalidValueError
from tracker.geocoding.candidates import Answer, Candidate
from tracker.geocoding.folding import fold
from tracker.geocoding.resolve import resolve
from tracker.geocoding.store import Store
from tracker.geocoding.suggest import Hints, as_candidate, suggest
from tracker.geocoding.whereabouts import Whereabouts, locate


class _NoNetwork(BaseSyncAdapter):  # type: ignore[misc]
    """Stand where geopy puts an HTTP client; nothing ever asks it."""

    def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> NoReturn:
        raise GeocoderServiceError(f"The gazetteer is a file; it does not fetch {url}.")

    get_json = get_text


class Gazetteer(Geocoder):  # type: ignore[misc]  # geopy carries no types
    """Geocode offline. Share one instance between threads.

    >>> Gazetteer(path).geocode("Rauma", country_codes="no").raw["kind"]
    'municipality'
    """

    def __init__(self, path: Path | str, *, timeout: float | None = None) -> None:
        """Open the file; raise `GeocoderServiceError` when there is none or another version built it."""
        super().__init__(timeout=timeout, adapter_factory=_NoNetwork, user_agent="shot-here")
        try:
            self._store = Store(Path(path))
        except DataFileError as error:
            raise GeocoderServiceError(str(error)) from error

    @property
    def store(self) -> Store:
        """Return the open file; a gazetteer that was built or extended meanwhile is taken up here."""
        if self._store.is_replaced():
            # What lies there now may be of another version; then the old file goes on serving.
            with suppress(DataFileError):
                self._store = Store(self._store.path)
        return self._store

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        limit: int | None = None,
        country_codes: str | Sequence[str] | None = None,
        context: str | None = None,
        language: object = None,
        timeout: object = DEFAULT_SENTINEL,
    ) -> Location | list[Location] | None:
        """Return the best location, or all of them when `exactly_one` is false, or None.

        `language` and `timeout` are taken, as other geocoders take them, and make no difference.

        `country_codes` are ISO 3166-1 alpha-2 codes; `context` is free text that tells where the place is.
        Each location's `raw` holds the candidate's fields and `ambiguous`.
        """
        if not isinstance(query, str) or not query.strip():
            raise GeocoderQueryError("The query is empty. Write the name of a place.")
        codes = [country_codes] if isinstance(country_codes, str) else list(country_codes or ())
        asked: list[str | None] = list(codes) or [None]
        try:
            answers = [
                self.resolve(query, context=context or "", country=code, limit=limit or 8) for code in asked
            ]
        except InvalidValueError as error:
            raise GeocoderQueryError(str(error)) from error
        found = [(candidate, answer.ambiguous) for answer in answers for candidate in answer.candidates]
        found.sort(key=lambda pair: -pair[0].confidence)
        locations = [_location(candidate, ambiguous=ambiguous) for candidate, ambiguous in found[:limit]]
        if exactly_one:
            return locations[0] if locations else None
        return locations or None

    def reverse(
        self,
        query: Point | str | tuple[float, float],
        *,
        exactly_one: bool = True,
        limit: int = 3,
        language: object = None,
        timeout: object = DEFAULT_SENTINEL,
    ) -> Location | list[Location] | None:
        """Return the nearest town, or all that `around` finds when `exactly_one` is false, or None."""
        try:
            point = query if isinstance(query, Point) else Point(query)
        except (ValueError, TypeError) as error:
            raise GeocoderQueryError(
                f"{query!r} is no point. Write latitude, longitude in degrees."
            ) from error
        try:
            candidates = self.around(point.latitude, point.longitude, limit=limit)
        except InvalidValueError as error:
            raise GeocoderQueryError(str(error)) from error
        locations = [_location(candidate, ambiguous=False) for candidate in candidates]
        if exactly_one:
            return locations[0] if locations else None
        return locations or None

    def around(self, lat: float, lon: float, *, limit: int = 3) -> list[Candidate]:
        """Return the nearest towns of the point's country, then its municipality, region and country.

        At sea there is none, nor where no town lies within some 200 km.
        """
        store = self.store
        here = locate(store, lat, lon)
        if here.at_sea or here.town is None:
            return []
        towns = store.nearest(here.lat, here.lon, "town", limit, countries={here.country_code})
        if not towns:
            return []
        wider = [near.place for near in (here.municipality, here.region, here.country) if near]
        return [as_candidate(store, place, why="nearest") for place in [*towns, *wider]]

    def locate(self, lat: float, lon: float) -> Whereabouts:
        """Return town, municipality, region, country and time zone of a point; see `whereabouts.locate`."""
        return locate(self.store, lat, lon)

    def resolve(
        self,
        query: str,
        *,
        context: str = "",
        country: str | None = None,
        near: tuple[float, float] | None = None,
        limit: int = 8,
    ) -> Answer:
        """Return the typed answer; see `tracker.geocoding.resolve.resolve`."""
        return resolve(self, query, context=context, country=country, near=near, limit=limit)

    def suggest(
        self,
        prefix: str,
        *,
        country: str | None = None,
        near: tuple[float, float] | None = None,
        context: str = "",
        prefer: Collection[str] = (),
        limit: int = 8,
    ) -> list[Candidate]:
        """Return the most prominent places whose name begins so; see `tracker.geocoding.suggest.suggest`."""
        hints = Hints(country=country, near=near, context=context, prefer=tuple(prefer))
        return suggest(self.store, fold(prefix), hints, limit=limit)

    def bearer(self, name: str, candidate_id: str) -> Candidate | None:
        """Return the place of that id if it bears the name, own or other."""
        for hit in self.store.named(name):
            if hit.place.id == candidate_id:
                return as_candidate(self.store, hit.place, why="chosen")
        return None


def open_gazetteer(path: Path) -> Gazetteer:
    """Open a built gazetteer; raise `DataFileError` with the command that builds it when there is none."""
    try:
        return Gazetteer(path)
    except GeocoderServiceError as error:
        raise DataFileError(str(error)) from error


def _location(candidate: Candidate, *, ambiguous: bool) -> Location:
    raw = {**candidate.as_record(), "ambiguous": ambiguous}
    return Location(candidate.label, Point(candidate.lat, candidate.lon), raw)
