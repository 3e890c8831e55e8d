"""Read one date, or several alternatives, from the tokens of a phrase."""

from __future__ import annotations

from datetime import date, timedelta

from tracker.foundation.dates.calendar import Season
from tracker.foundation.dates.choices import Choice
from tracker.foundation.dates.refusals import InvalidDateError
from tracker.foundation.dates.terms import Term
from tracker.foundation.dates.tokens import Token
from tracker.foundation.dates.words import Kind, Part

_SIGNS = {Kind.APPROXIMATE: "~", Kind.DOUBTFUL: "?"}
_SLOTS = {
    Kind.DAY: "day",
    Kind.YEAR: "year",
    Kind.DECADE: "decade",
    Kind.MONTH: "month",
    Kind.SEASON: "season",
    Kind.WEEKDAY: "weekday",
    Kind.PART: "part",
    Kind.WEEK: "week",
}


class TokenReader:
    """Walks over tokens, never backwards."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0

    def _is_at(self, *kinds: Kind) -> bool:
        return self._at < len(self._tokens) and self._tokens[self._at].kind in kinds

    def _accept(self, *kinds: Kind) -> Token | None:
        return self._next() if self._is_at(*kinds) else None

    def _accept_glued_dash(self) -> None:
        if self._is_at(Kind.DASH) and self._tokens[self._at].glued:
            self._at += 1

    def _next(self) -> Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _following(self) -> Kind | None:
        """Return the kind of the token after the current one."""
        return self._tokens[self._at + 1].kind if self._at + 1 < len(self._tokens) else None

    def _misplaced(self, at: int | None = None) -> InvalidDateError:
        """Return the refusal of the token at a position, or of a phrase that breaks off."""
        at = self._at if at is None else at
        if at < len(self._tokens):
            return InvalidDateError(
                f"“{self._tokens[at].text}” cannot stand there in a date. "
                "Write one date or one period, like 5 Oct 2020 or 6 to 20 Oct 2020."
            )
        return InvalidDateError("The date breaks off. Write it in full, like 5 Oct 2020 or 6 to 20 Oct 2020.")


class ChoiceReader(TokenReader):
    """Reads terms and choices; `today` gives a meaning to today and yesterday."""

    def __init__(self, tokens: list[Token], today: date | None) -> None:
        super().__init__(tokens)
        self._today = today

    def _choice(self) -> Choice:
        signs = self._signs()
        terms = [self._term()]
        signs |= self._signs()
        while self._continues_choice():
            self._at += 1
            signs |= self._signs()
            terms.append(self._term())
            signs |= self._signs()
        return Choice(tuple(terms), "%" if len(signs) > 1 else "".join(signs))

    def _continues_choice(self) -> bool:
        """Say whether "or" and another date follow, or a comma in a list that ends with "or"."""
        if self._is_at(Kind.OR):
            return self._following() not in (Kind.EARLIER, Kind.LATER)
        rest = [token.kind for token in self._tokens[self._at :]]
        return self._is_at(Kind.COMMA) and Kind.OR in rest and Kind.ENDED not in rest

    def _signs(self) -> set[str]:
        signs = set()
        while token := self._accept(*_SIGNS):
            signs.add(_SIGNS[token.kind])
            self._accept_glued_dash()
        return signs

    def _term(self) -> Term:
        """Read the parts of one date, in any order, until one would come twice."""
        found: dict[str, int] = {}
        while self._at < len(self._tokens):
            step = 2 if self._skips_before_more(found) else 1
            if self._at + step > len(self._tokens):
                break
            parts = self._parts_of(self._tokens[self._at + step - 1])
            if not parts or parts.keys() & found.keys():
                break
            found |= parts
            self._at += step
            if "part" in parts:
                self._accept_glued_dash()
            self._read_second_year(found)
        if not found:
            raise self._misplaced()
        return _term_of(found)

    def _skips_before_more(self, found: dict[str, int]) -> bool:
        """Say whether a comma, or a dash as in "5-Oct-2020", only parts the pieces of one date."""
        if not found or self._at + 1 >= len(self._tokens):
            return False
        token, following = self._tokens[self._at], self._tokens[self._at + 1]
        if token.kind is Kind.COMMA:
            return True
        if token.kind is not Kind.DASH or not (token.glued and following.glued):
            return False
        before = self._tokens[self._at - 1].kind
        return (before, following.kind) in ((Kind.DAY, Kind.MONTH), (Kind.MONTH, Kind.YEAR))

    def _parts_of(self, token: Token) -> dict[str, int]:
        """Return the slots of a date that a token fills, none if it is no part of one."""
        if token.numeric:
            numeric = token.numeric
            slots = {"year": numeric.year, "month": numeric.month, "day": numeric.day}
            return {slot: value for slot, value in slots.items() if value is not None}
        if token.kind is Kind.RELATIVE:
            if self._today is None:
                raise InvalidDateError(f"“{token.text}” depends on the day. Write the date, like 5 Oct 2020.")
            day = self._today + timedelta(days=token.number)
            return {"year": day.year, "month": day.month, "day": day.day}
        return {_SLOTS[token.kind]: token.number} if token.kind in _SLOTS else {}

    def _read_second_year(self, found: dict[str, int]) -> None:
        """Read the "-20" of "winter 2019-20"."""
        following = self._tokens[self._at : self._at + 2]
        if "season" not in found or "year" not in found or "until" in found or len(following) < 2:
            return
        joiner, year = following
        is_next_year = year.kind is Kind.YEAR and year.number == found["year"] + 1
        if joiner.kind in (Kind.DASH, Kind.SLASH) and joiner.glued and is_next_year:
            found["until"] = year.number
            self._at += 2


def _term_of(found: dict[str, int]) -> Term:
    season, part = found.get("season"), found.get("part")
    return Term(
        year=found.get("year"),
        until_year=found.get("until"),
        decade=found.get("decade"),
        month=found.get("month"),
        day=found.get("day"),
        season=None if season is None else Season(season),
        part=None if part is None else Part(part),
        weekday=found.get("weekday"),
        is_week="week" in found,
    )
