"""The grammar of date phrases: tokens in, two EDTF texts out.

phrase   = clause {[","] ["and"] clause}
clause   = ("began" | "ended" | "until") end | within | limit | ["from"] range
range    = choice [to (choice | limit | "present") | "onwards" | "or later" | "or earlier"]
end      = within | limit | choice
within   = "within" choice [to choice] | "between" choice to choice
limit    = ("before" | "by" | "after" | "or before" | "or after") choice
to       = "to" | "until" | "and" | "/" | "-"
choice   = [sign] term {"or" term} [sign]
term     = any of: weekday, part, "week", day, month, season, year, decade, numeric date
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tracker.foundation.dates.calendar import Hemisphere
from tracker.foundation.dates.choice_reader import ChoiceReader
from tracker.foundation.dates.choices import Choice, completed_range
from tracker.foundation.dates.refusals import InvalidDateError
from tracker.foundation.dates.terms import Term
from tracker.foundation.dates.tokens import Token
from tracker.foundation.dates.words import Kind

_JOINERS = (Kind.TO, Kind.UNTIL, Kind.AND, Kind.SLASH, Kind.DASH)
_LIMITS = (Kind.BEFORE, Kind.BY, Kind.AFTER)


@dataclass(frozen=True, slots=True)
class Ends:
    """Both ends of a phrase in EDTF; None is an end that the phrase does not speak of."""

    start: str | None = None
    end: str | None = None


class Parser(ChoiceReader):
    """Reads one phrase by recursive descent, each token once."""

    def __init__(self, tokens: list[Token], hemisphere: Hemisphere, today: date | None) -> None:
        super().__init__(tokens, today)
        self._hemisphere = hemisphere
        years = {token.number for token in tokens if token.kind is Kind.YEAR}
        years |= {token.numeric.year for token in tokens if token.numeric and token.numeric.year}
        self._only_year = years.pop() if len(years) == 1 else None

    def phrase(self) -> Ends:
        """Read the whole phrase; refuse what is left over."""
        ends = self._clause()
        while self._at < len(self._tokens):
            begun_at = self._at
            self._accept(Kind.COMMA, Kind.AND)
            following = self._clause()
            if (ends.start and following.start) or (ends.end and following.end):
                raise self._misplaced(begun_at)
            ends = Ends(ends.start or following.start, ends.end or following.end)
        return ends

    def _clause(self) -> Ends:
        if self._accept(Kind.BEGAN):
            return Ends(start=self._one_bound())
        if self._accept(Kind.ENDED, Kind.UNTIL):
            self._accept(Kind.TO)
            return Ends(end=self._one_bound())
        if self._is_at(Kind.WITHIN, Kind.BETWEEN):
            both = self._one_bound()
            return Ends(both, both)
        if self._is_at_limit():
            limit = self._limit()
            return Ends(start=limit) if limit.endswith("..") else Ends(end=limit)
        end_without_joiner = ".." if self._accept(Kind.FROM) else None
        return self._range(end_without_joiner)

    def _one_bound(self) -> str:
        """Read one end: a limit, a stretch somewhere within which it lies, or a date."""
        if self._is_at_limit():
            return self._limit()
        if not self._is_at(Kind.WITHIN, Kind.BETWEEN):
            return self._edtf(self._choice())
        self._accept(Kind.WITHIN)
        needs_two = self._accept(Kind.BETWEEN)
        left = self._choice()
        if self._joiner() is None:
            if needs_two:
                raise InvalidDateError("“between” needs two dates. Write it like between 5 and 9 Oct 2020.")
            return self._edtf(left)
        ends = completed_range(left, self._choice(), dashed=True, hemisphere=self._hemisphere)
        left, right = self._dated(ends[0]), self._dated(ends[1])
        first, last = left.spans(self._hemisphere)[0][0], right.spans(self._hemisphere)[-1][1]
        return f"{first}{left.qualifier}/{last}{right.qualifier}"

    def _limit(self) -> str:
        """Read "before", "by", "after", "or before" or "or after" and its date: a half-open interval."""
        includes_the_day = self._accept(Kind.OR) is not None
        word = self._next().kind
        choice = self._dated(self._choice())
        sign, stretches = choice.qualifier, choice.reading(self._hemisphere).stretches
        earlier, later = stretches[0], stretches[-1]
        if word is Kind.BY or (word is Kind.BEFORE and includes_the_day):
            return f"../{later.last}{sign}"
        if word is Kind.AFTER and includes_the_day:
            return f"{earlier.first}{sign}/.."
        if word is Kind.BEFORE and later.first:
            return f"../{later.first - timedelta(days=1)}{sign}"
        if word is Kind.AFTER and earlier.last:
            return f"{earlier.last + timedelta(days=1)}{sign}/.."
        raise self._misplaced()

    def _is_at_limit(self) -> bool:
        return self._is_at(*_LIMITS) or (self._is_at(Kind.OR) and self._following() in _LIMITS)

    def _range(self, end_without_joiner: str | None = None) -> Ends:
        left = self._choice()
        if self._accept(Kind.ONWARDS):
            return Ends(self._edtf(left), "..")
        if half_open := self._or_beyond(left):
            return half_open
        joiner = self._joiner()
        if joiner is None:
            both = self._edtf(left)
            return Ends(both, end_without_joiner or both)
        if self._accept(Kind.OPEN):
            return Ends(self._edtf(left), "..")
        if self._is_at_limit():
            return Ends(self._edtf(left), self._limit())
        left, right = completed_range(
            left, self._choice(), dashed=joiner is Kind.DASH, hemisphere=self._hemisphere
        )
        return Ends(self._edtf(left), self._edtf(right))

    def _or_beyond(self, choice: Choice) -> Ends | None:
        """Read "or earlier" or "or later" behind a date."""
        beyond = self._following()
        if not self._is_at(Kind.OR) or beyond not in (Kind.EARLIER, Kind.LATER):
            return None
        self._at += 2
        reading = self._dated(choice).reading(self._hemisphere)
        if beyond is Kind.EARLIER:
            return Ends(end=f"../{reading.latest}{choice.qualifier}")
        return Ends(start=f"{reading.earliest}{choice.qualifier}/..")

    def _joiner(self) -> Kind | None:
        """Accept "to", a dash, "-to-", "up to", or nothing."""
        if self._is_at(Kind.AND) and self._following() in (*_LIMITS, Kind.BEGAN, Kind.ENDED):
            return None  # "after 5 Oct and before 9 Oct": two clauses
        kind = None
        while self._is_at(*_JOINERS) and kind is not Kind.TO:
            kind = self._next().kind
        if kind is Kind.TO:
            self._accept(Kind.DASH)
        return kind

    def _edtf(self, choice: Choice) -> str:
        return self._dated(choice).edtf(self._hemisphere)

    def _dated(self, choice: Choice) -> Choice:
        """Give a choice without a year the only year of the phrase: "after 5 Oct and before 9 Oct 2020"."""
        if any(term.year or term.decade for term in choice.terms):
            return choice
        last = choice.terms[-1].filled_from(Term(year=self._only_year))
        return Choice((*choice.terms[:-1], last), choice.qualifier)
