"""The words that date phrases are made of, each with what it does in the grammar.

All are folded: lower case, without accents, as `tokens.fold` writes them. Months and seasons come in English,
German, French, Spanish, Italian and Norwegian, since sources do.
"""

from __future__ import annotations

from enum import Enum, IntEnum, auto
from typing import Final

from tracker.foundation.dates.calendar import Season


class Kind(Enum):
    """What a token does in the grammar."""

    DAY = auto()
    YEAR = auto()
    DECADE = auto()
    NUMERIC = auto()  # several numbers that make one date, such as 5.10.2020
    MONTH = auto()
    SEASON = auto()
    WEEKDAY = auto()
    PART = auto()
    WEEK = auto()
    RELATIVE = auto()
    APPROXIMATE = auto()
    DOUBTFUL = auto()
    TO = auto()
    DASH = auto()
    SLASH = auto()
    OR = auto()
    AND = auto()
    COMMA = auto()
    WITHIN = auto()
    BETWEEN = auto()
    BEFORE = auto()
    BY = auto()
    UNTIL = auto()
    AFTER = auto()
    FROM = auto()
    ONWARDS = auto()
    EARLIER = auto()
    LATER = auto()
    BEGAN = auto()
    ENDED = auto()
    OPEN = auto()
    NOISE = auto()


class Part(IntEnum):
    """Which third of a month, a season, a year or a decade."""

    EARLY = 0
    MIDDLE = 1
    LATE = 2


# One line a month: English; German; French; Spanish; Italian; Norwegian; then abbreviations.
_MONTHS = """
january januar janner janvier enero gennaio jan janv ene gen
february februar feber fevrier febrero febbraio feb febr fevr fev
march marz maerz mars marzo mar mrz
april avril abril aprile apr avr abr
may mai mayo maggio mag
june juni juin junio giugno jun giu
july juli juillet julio luglio jul juil lug
august aout agosto aug ago
september septembre septiembre setiembre settembre sept sep sett set
october oktober octobre octubre ottobre oct okt ott
november novembre noviembre nov
december dezember decembre diciembre dicembre desember dec dez dic des
"""
_SEASONS = {
    Season.SPRING: "spring springtime fruhling fruhjahr printemps primavera var",
    Season.SUMMER: "summer summertime sommer ete verano estate",
    Season.AUTUMN: "autumn fall herbst automne otono autunno host",
    Season.WINTER: "winter wintertime hiver invierno inverno vinter",
}
_WEEKDAYS = """
monday mon
tuesday tues tue
wednesday weds wed
thursday thurs thur thu
friday fri
saturday sat
sunday sun
"""
_PARTS = {
    Part.EARLY: "early beginning begin start anfang debut inizio principios",
    Part.MIDDLE: "mid middle mitte",
    Part.LATE: "late end ende fin fine finales",
}
_ROLES = {
    Kind.APPROXIMATE: "c ca circa cca about around approx approximately roughly near etwa environ",
    Kind.DOUBTFUL: "perhaps possibly probably probable maybe likely",
    Kind.TO: "to through thru bis al til",
    Kind.OR: "or oder ou eller",
    Kind.AND: "and und et y og",
    Kind.WITHIN: "within sometime somewhere",
    Kind.BETWEEN: "between zwischen entre",
    Kind.BEFORE: "before prior",
    Kind.BY: "by",
    Kind.UNTIL: "until till up",
    Kind.AFTER: "after",
    Kind.FROM: "from since starting von seit",
    Kind.ONWARDS: "onwards onward",
    Kind.EARLIER: "earlier",
    Kind.LATER: "later",
    Kind.BEGAN: "began begun started starts begins",
    Kind.ENDED: "ended finished wrapped ends ending",
    Kind.OPEN: "present ongoing now open",
    Kind.WEEK: "week",
    Kind.NOISE: "the of in on at during some time de del di du le la el den der im am en i",
}
_RELATIVE = {"today": 0, "yesterday": -1, "tomorrow": 1}

# What people write when they do not know; a whole answer, never a part of one.
UNKNOWN_PHRASES: Final = frozenset(
    (
        "?",
        "unknown",
        "date unknown",
        "dates unknown",
        "not sure",
        "no idea",
        "do not know",
        "don't know",
        "n/a",
    )
)


def _vocabulary() -> dict[str, tuple[Kind, int]]:
    words: dict[str, tuple[Kind, int]] = {}
    for number, names in enumerate(_MONTHS.strip().splitlines(), start=1):
        words |= dict.fromkeys(names.split(), (Kind.MONTH, number))
    for number, names in enumerate(_WEEKDAYS.strip().splitlines()):
        words |= dict.fromkeys(names.split(), (Kind.WEEKDAY, number))
    for season, names in _SEASONS.items():
        words |= dict.fromkeys(names.split(), (Kind.SEASON, int(season)))
    for part, names in _PARTS.items():
        words |= dict.fromkeys(names.split(), (Kind.PART, int(part)))
    for kind, names in _ROLES.items():
        words |= dict.fromkeys(names.split(), (kind, 0))
    return words | {name: (Kind.RELATIVE, days) for name, days in _RELATIVE.items()}


WORDS: Final = _vocabulary()
