"""Grades: how well a shoot is proven. Worked out from its claims, never typed.

A official, B corroborated, C first-hand, D reported, E rumour, X disputed, Z refuted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tracker.productions.claims import Claim
from tracker.productions.evidence import Manner, Shows
from tracker.productions.models import Grade, Status
from tracker.sources.models import SourceKind

_UNNAMED = frozenset({SourceKind.OWN_KNOWLEDGE})
_INTENT = frozenset({Status.RUMOURED, Status.PLANNED, Status.PERMITTED, Status.POSTPONED, Status.CANCELLED})


@dataclass(frozen=True, slots=True)
class Assessment:
    """A grade, why it is that, and what would raise it; the last is empty where nothing can."""

    grade: Grade
    why: str
    to_raise: str = ""


def is_intent(status: Status | None) -> bool:
    """Say whether a status speaks of what is meant to happen, not of work that was done."""
    return status in _INTENT


def assess(claims: Sequence[Claim], *, status: Status, refuted_reason: str | None = None) -> Assessment:
    """Weigh the claims about a shoot whose status is `status`. Their order does not matter."""
    if refuted_reason is not None:
        return Assessment(Grade.Z, f"Refuted: {refuted_reason} Kept, so that nobody adds it again.")
    speaking = [c for c in claims if c.counts and _speaks_to(c, status)]
    counting = roots_of(speaking)
    against = [c for c in claims if c.counts_against]
    if counting and against:
        names = _names([*counting, *against])
        return Assessment(Grade.X, f"Disputed: live sources speak for it and against it ({names}).")
    if against:
        return Assessment(Grade.E, f"Nothing supports it, and {_names(against)} speaks against it.")
    found = _proven(counting, status)
    return replace(found, why=f"{found.why}{_repeats(len(speaking) - len(counting))}")


def alone(claim: Claim, status: Status) -> Grade:
    """Answer the grade that a claim would give by itself."""
    return _proven([claim], status).grade


def roots_of(claims: Sequence[Claim]) -> list[Claim]:
    """Answer one claim for each root: the root's own if it speaks itself, else the best of its repeats.

    So a repeat of what is cited already adds nothing, whatever it makes of the root's words.
    """
    best: dict[int, Claim] = {}
    for claim in sorted(claims, key=lambda c: (c.is_repeat, _rank(c), c.title, c.id)):
        best.setdefault(claim.root_id, claim)
    return list(best.values())


def _proven(roots: Sequence[Claim], status: Status) -> Assessment:
    stating = [c for c in roots if c.is_official and _states_work(c)]
    permits = [c for c in roots if c.kind is SourceKind.PERMIT and not c.is_repeat and _states_work(c)]
    if status is Status.PERMITTED and permits:
        return Assessment(Grade.A, f"Official: the permit itself ({_names(permits)}).")
    if stating:
        return Assessment(Grade.A, f"Official: stated by {_names(stating)}.")
    working = [c for c in roots if c.shows is Shows.WORK and c.kind not in _UNNAMED]
    first_hand = [c for c in working if c.is_first_hand]
    independent = [c for c in working if not _is_rootless(c)]
    if len(independent) > 1 and first_hand:
        count = _count(len(independent), "independent source", "independent sources")
        return Assessment(
            Grade.B,
            f"Corroborated: {count}, {_described(independent)}; at least one of them is first-hand.",
            _TO_A,
        )
    implying = [c for c in working if c.is_official]
    if implying:
        return Assessment(
            Grade.B,
            f"Corroborated, because an official source implies it: {_names(implying)}. It does not state "
            "that work was done there, and implied evidence stops at B.",
            _TO_A,
        )
    return _single(roots, first_hand)


def _single(roots: Sequence[Claim], first_hand: Sequence[Claim]) -> Assessment:
    if first_hand:
        return Assessment(Grade.C, f"First-hand: {_kind(first_hand[0])} ({_names(first_hand)}).", _TO_B)
    presence = [c for c in roots if c.shows is Shows.PRESENCE and c.is_first_hand]
    if presence:
        why = f"First-hand: people or vehicles were seen, not work ({_names(presence)}); that stops at C."
        return Assessment(Grade.C, why, _TO_B)
    named = [c for c in roots if c.kind not in _UNNAMED]
    if named:
        how = "Repeated" if named[0].is_repeat else "Reported"
        return Assessment(Grade.D, f"{how} by {_names(named)}; nobody first-hand is cited.", _TO_C)
    if roots:
        return Assessment(
            Grade.E, "Rumour: own knowledge only, without a source that others can open.", _TO_C
        )
    return Assessment(Grade.E, "Rumour: no source supports it yet.", _TO_C)


_TO_A = "To reach A: a statement by the production, a film commission or the municipality itself."
_TO_B = "To reach B: a second, independent source, or an official one."
_TO_C = "To reach C: somebody who was there (a photograph, own reporting, an interview)."


def _speaks_to(claim: Claim, status: Status) -> bool:
    """A plan proves no work; whoever reports work also bears out that there was a plan."""
    return is_intent(status) or not is_intent(claim.status)


def _states_work(claim: Claim) -> bool:
    return claim.manner is Manner.STATES and claim.shows is Shows.WORK


def _is_rootless(claim: Claim) -> bool:
    """Say whether a claim repeats nobody knows whom: that may well be the other source that is cited."""
    return claim.kind is SourceKind.REPEATED_REPORTING and claim.root_id == claim.source_id


def _rank(claim: Claim) -> tuple[bool, bool, bool, bool]:
    """Order claims of one root: those that weigh more come first."""
    return (
        claim.shows is not Shows.WORK,
        not claim.is_official,
        claim.manner is not Manner.STATES,
        not claim.is_first_hand,
    )


def _kind(claim: Claim) -> str:
    return "a cast member's own post" if claim.by_cast else claim.kind.word


def _names(claims: Sequence[Claim]) -> str:
    names = sorted({c.who for c in claims})
    if len(names) <= 2:
        return " and ".join(names)
    return f"{', '.join(names[:2])} and {_count(len(names) - 2, 'other', 'others')}"


def _described(claims: Sequence[Claim]) -> str:
    """Answer "Fotokjerring (eyewitness media) and NRK (own reporting)", those that weigh most first."""
    named = [f"{c.who} ({_kind(c)})" for c in sorted(claims, key=lambda c: (*_rank(c), c.who, c.id))]
    if len(named) > 3:
        named = [*named[:2], _count(len(named) - 2, "other", "others")]
    return f"{', '.join(named[:-1])} and {named[-1]}"


def _repeats(number: int) -> str:
    if not number:
        return ""
    words = _count(number, "source repeats this and adds", "sources repeat this and add")
    return f" {words.capitalize()} nothing."


def _count(n: int, one: str, many: str) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return f"{words[n] if n < len(words) else n} {one if n == 1 else many}"
