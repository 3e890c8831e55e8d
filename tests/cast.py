"""The cast of the tests: who uses the site, and films with places, sources and shoots.

All are plain functions on a session; they flush, and the test commits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.accounts.models import Role, User
from tracker.accounts.operations import sign_up
from tracker.foundation.dates import Period, parse_bound
from tracker.foundation.geo import Point
from tracker.history.models import Change, ChangeSubject
from tracker.history.recording import change
from tracker.places.models import Place, PlaceKind
from tracker.places.operations import PlaceDraft, find_or_add_place
from tracker.productions.evidence import Manner, Relation, Stance
from tracker.productions.models import Production, Shoot, Status, TitleKind, Unit
from tracker.productions.operations import (
    CitationDraft,
    add_production,
    add_shoot,
    add_title,
    cite,
    cite_order,
)
from tracker.sources.models import Source, SourceKind
from tracker.sources.operations import SourceDraft, find_or_add_source

PASSWORD = "a train roof in Norway"


def owner(session: Session) -> User:
    """Sign up the contributor whose work a test is about."""
    return sign_up(session, name="Ingrid", password=PASSWORD)


def stranger(session: Session) -> User:
    """Sign up another contributor, who has no part in it."""
    return sign_up(session, name="Marcello", password=PASSWORD)


def moderator(session: Session) -> User:
    """Sign up a moderator."""
    return sign_up(session, name="Solveig", password=PASSWORD, role=Role.MODERATOR)


def film(session: Session, title: str = "A Film", *, year: int | None = 2023) -> Production:
    """Add a film."""
    with change(session, by=None, comment="Add a film"):
        return add_production(session, title=title, year=year)


def place(
    session: Session, name: str, lat: float | None = None, lon: float | None = None, **more: Any
) -> Place:
    """Add a place at a point, or one that is not located; `more` are fields of a PlaceDraft."""
    point = Point(lat, lon) if lat is not None and lon is not None else None
    with change(session, by=None, comment="Add a place"):
        return find_or_add_place(session, PlaceDraft(name=name, point=point, **more))


def source(
    session: Session,
    title: str,
    kind: SourceKind = SourceKind.TRADE_PRESS,
    *,
    published: str = "",
    repeats: Source | None = None,
    **more: Any,
) -> Source:
    """Add a source published when the phrase says; `more` are fields of a SourceDraft."""
    draft = SourceDraft(kind=kind, title=title, published=parse_bound(published), **more)
    with change(session, by=None, comment="Add a source"):
        return find_or_add_source(session, draft, repeats=repeats)


def shoot(
    session: Session, production: Production, where: Place, unit: Unit = Unit.UNKNOWN, **more: Any
) -> Shoot:
    """Add a shoot that nothing proves yet."""
    with change(session, by=None, comment="Add a shoot"):
        return add_shoot(session, production, where, unit=unit, **more)


def say(
    session: Session,
    who: Source,
    of: Shoot,
    status: Status | None = Status.CONFIRMED,
    start: str = "",
    end: str = "",
    **more: Any,
) -> None:
    """Let a source say that a shoot was at a time; `more` are fields of a CitationDraft."""
    period = Period(parse_bound(start), parse_bound(end))
    with change(session, by=None, comment="Cite"):
        cite(session, of, who, CitationDraft(status=status, period=period, **more))


@dataclass(frozen=True)
class FilmCase:
    """Mission: Impossible 7 with its shoots by name, and the director's post."""

    production: Production
    shoots: dict[str, Shoot]
    post: Source

    @property
    def slug(self) -> str:
        return self.production.slug


def film_case(session: Session) -> FilmCase:
    """Add Mission: Impossible 7: the news of 5 October 2020, and what became known later."""
    with change(session, by=None, comment="Add Mission: Impossible 7"):
        production = add_production(session, title="Mission: Impossible – Dead Reckoning Part One", year=2023)
        production.released = parse_bound("2023-07-12")
        for text, kind in (
            ("Mission: Impossible 7", TitleKind.ALIAS),
            ("MI7", TitleKind.ALIAS),
            ("Libra", TitleKind.WORKING),
        ):
            add_title(session, production, text, kind=kind)
        shoots = {name: shoot(session, production, _place(session, name)) for name in _PLACES}
        # Rome stands twice: in October, and again for one day on the square.
        case = FilmCase(production, shoots, _news_of_october(session, shoots))
        _later_news(session, shoots)
    return case


# name: (name of the place, kind, country, region, lat, lon, uncertainty_m)
_PLACES: dict[str, tuple[str, PlaceKind, str, str, float, float, int]] = {
    "Venice, February": ("Venice", PlaceKind.TOWN, "IT", "Veneto", 45.44, 12.33, 4000),
    "Leavesden": ("Leavesden", PlaceKind.STUDIO, "GB", "England", 51.69, -0.42, 500),
    "Rauma": ("Rauma", PlaceKind.MUNICIPALITY, "NO", "Møre og Romsdal", 62.57, 7.69, 24000),
    "Stranda": ("Stranda", PlaceKind.MUNICIPALITY, "NO", "Møre og Romsdal", 62.31, 6.95, 20000),
    "Rome": ("Rome", PlaceKind.TOWN, "IT", "Lazio", 41.89, 12.48, 12000),
    "Venice": ("Venice", PlaceKind.TOWN, "IT", "Veneto", 45.44, 12.33, 4000),
    "Piazza Venezia": ("Piazza Venezia", PlaceKind.SQUARE, "IT", "Lazio", 41.8962, 12.4828, 80),
    "Longcross": ("Longcross", PlaceKind.STUDIO, "GB", "England", 51.385, -0.585, 400),
    "Abu Dhabi": ("Abu Dhabi", PlaceKind.REGION, "AE", "", 24.45, 54.38, 30000),
    "Levisham": ("Levisham", PlaceKind.TOWN, "GB", "England", 54.31, -0.73, 3000),
    "Stoney Middleton": ("Stoney Middleton", PlaceKind.QUARRY, "GB", "England", 53.276, -1.654, 800),
}


def _place(session: Session, name: str) -> Place:
    label, kind, country, region, lat, lon, uncertainty_m = _PLACES[name]
    return place(
        session, label, lat, lon, kind=kind, country=country, region=region, uncertainty_m=uncertainty_m
    )


def _news_of_october(session: Session, shoots: dict[str, Shoot]) -> Source:
    post = source(
        session,
        "Christopher McQuarrie, director: photo and text",
        SourceKind.OFFICIAL_POST,
        published="by 5 Oct 2020",
        author="Christopher McQuarrie",
        address="https://social.example/mcquarrie/1",
    )
    video = source(
        session, "“Fotokjerring”: video from her car", SourceKind.EYEWITNESS_MEDIA, published="by 5 Oct 2020"
    )
    article = source(
        session,
        "NME, by way of Myspace",
        SourceKind.REPEATED_REPORTING,
        published="5 Oct 2020",
        repeats=post,
        address="https://news.example/train",
    )
    for name in ("Rauma", "Stranda"):
        thanks = f"Thanks {name} municipality; does not say that work was done there."
        ended = "by 5 Oct 2020"
        say(session, post, shoots[name], Status.WRAPPED, "", ended, manner=Manner.IMPLIES, note=thanks)
        say(session, video, shoots[name], None, stance=Stance.MENTIONS, note="Seen from the road.")
        say(session, article, shoots[name], None)
    say(session, post, shoots["Rome"], Status.PLANNED, "2020-10~", "2020-10~", quote="now headed to Roma")
    for name in ("Rauma", "Stranda"):
        words = "the director’s post says Rome is next"
        cite_order(session, shoots["Rome"], Relation.NEXT, shoots[name], post, words=words)
    return post


_LATER: list[tuple[str, Status, str, str, SourceKind, str]] = [
    ("Venice, February", Status.CANCELLED, "2020-02", "2020-02", SourceKind.TRADE_PRESS, ""),
    ("Leavesden", Status.CONFIRMED, "2020-07", "2020-08~", SourceKind.TRADE_PRESS, ""),
    ("Rauma", Status.CONFIRMED, "2020-08/2020-10", "2020-10-05~", SourceKind.BOOK, "2024"),
    ("Stranda", Status.CONFIRMED, "2020-08/2020-10", "2020-10-05~", SourceKind.BOOK, "2024"),
    ("Rome", Status.CONFIRMED, "2020-10-06", "2020-10-20~", SourceKind.OWN_REPORTING, "6 Oct 2020"),
    ("Venice", Status.CONFIRMED, "2020-10-21", "2020-11", SourceKind.OWN_REPORTING, "4 Nov 2020"),
    ("Piazza Venezia", Status.CONFIRMED, "2020-11-29", "2020-11-29", SourceKind.OWN_REPORTING, "29 Nov 2020"),
    ("Longcross", Status.PLANNED, "2021-01~", "..", SourceKind.TRADE_PRESS, "2020-12"),
    ("Abu Dhabi", Status.CONFIRMED, "2021-01/2021-02", "2021-02~", SourceKind.TRADE_PRESS, "2021-04-20"),
    ("Levisham", Status.CONFIRMED, "2021-04-20~", "2021-04~", SourceKind.OWN_REPORTING, "2021-04-20"),
    ("Stoney Middleton", Status.CONFIRMED, "2021-08~", "2021-09~", SourceKind.OWN_REPORTING, "2021-09"),
]


def _later_news(session: Session, shoots: dict[str, Shoot]) -> None:
    for name, status, start, end, kind, published in _LATER:
        report = source(session, f"Report on {name}", kind, published=published)
        say(session, report, shoots[name], status, start, end)
    stopped = source(session, "Codelist", SourceKind.REPEATED_REPORTING, published="2021-09-25")
    say(session, stopped, shoots["Venice"], end="2020-10-23", note="Broken off that Friday.")


def latest_changes(session: Session, *, about: tuple[str, int] | None = None) -> list[Change]:
    """Answer all changes with author and revisions, newest first, also those that pages do not show."""
    found = select(Change).options(joinedload(Change.author), selectinload(Change.revisions))
    if about is not None:
        named = select(ChangeSubject.change_id).filter_by(kind=about[0], subject_id=about[1])
        found = found.where(Change.id.in_(named))
    return list(session.scalars(found.order_by(Change.id.desc())))
