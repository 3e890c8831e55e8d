"""What a stretch of a sentence says: that a shoot is, will be or was not to be; or that it is about else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from tracker.articles.language import Language
from tracker.articles.model import Status
from tracker.articles.sentences import Sentence

_SIGNS = re.compile(r"[,;:()]| [–—-] ")
# "Indiana Jones 5 is headed to Sicily"
_SEQUEL = re.compile(
    r"[A-Z][\w’'&: -]{2,50} (?:\d{1,2}|[IVX]{2,4}) (?:is|are|was|will|has|heads|moves)(?!\w)"
)
_HAS_GONE = re.compile(
    r"(?<!(?<!\w)(?:be|is) )(?<!(?<!\w)are )(?<!\w)(?:moved|relocated|travelled|traveled)(?!\w)"
)
_PERMITTED = re.compile(r"[”\"»’] ?(?:\([^)]*\))?[^:”»]{0,60}:\s")
_PERMIT = re.compile(r"film(?:ing)? permits?|drehgenehmigung|autorisations? de tournage|permisos? de rodaje")
_RIGHT_AFTER = 16
_STORY_WITHIN = 28
_ENOUGH = 2
_SHUT_WITHIN = 9
_ORDER = (
    ("cancelled", Status.CANCELLED),
    ("now", Status.CONFIRMED),
    ("planned", Status.PLANNED),
    ("moving", Status.PLANNED),
    ("implied", Status.IMPLIED),
    ("confirmed", Status.CONFIRMED),
)


@dataclass(frozen=True)
class Reading:
    """A sentence as its cue words make it out."""

    sentence: Sentence
    language: Language
    # The sentence after this one gives shooting as the reason for what this one tells.
    explained: bool = False
    # A line of a list of permits: a title, a colon, and what is permitted where.
    lists: bool = False
    # The article as a whole is about a shoot.
    in_context: bool = False

    def has(self, *keys: str) -> bool:
        return bool(self.language.pattern("cues", *keys).search(self.sentence.flat))

    @cached_property
    def strong(self) -> list[tuple[int, int]]:
        """The cues that speak of shooting by themselves."""
        weak = self.language.pattern("cues", "weak")
        return [
            match.span()
            for match in self.language.pattern("cues", "shooting").finditer(self.sentence.flat)
            if not weak.fullmatch(match[0])
        ]

    @cached_property
    def is_about_shooting(self) -> bool:
        """Tell whether the sentence speaks of a shoot, directly or as crews that move on."""
        if self.strong or self.explained or self.lists or self.has("sites", "chosen"):
            return True
        moves, weak, next_up = self.has("moving"), self.has("weak"), self.has("next")
        film = bool(self.language.pattern("titles", "film", "series").search(self.sentence.flat))
        film = film or bool(_SEQUEL.match(self.sentence.text))
        said = self.has("planned", "confirmed", "moving") and not self.has("besides")
        if self.in_context and said and (film or self.has("company")):
            return True
        return (moves and (weak or next_up or film)) or (weak and self.has("planned", "confirmed"))

    @property
    def gives_thanks(self) -> bool:
        return self.has("implied")

    @cached_property
    def _segments(self) -> list[tuple[int, int]]:
        text = self.sentence.flat
        cuts = {match.start() for match in _SIGNS.finditer(text)}
        cuts |= {match.start() for match in self.language.pattern("cues", "breaks").finditer(text)}
        edges = [0, *sorted(cuts), len(text)]
        return [(first, last) for first, last in pairwise(edges) if last > first]

    def status_at(self, at: int) -> Status:
        """Return what is said at an offset in the sentence: in its own part, else in the parts before it."""
        return self.stated_at(at)[0]

    def stated_at(self, at: int) -> tuple[Status, bool]:
        """Return the status at an offset, and whether some word states it."""
        own = next((n for n, (first, last) in enumerate(self._segments) if first <= at < last), 0)
        for number in [*range(own, -1, -1), *range(own + 1, len(self._segments))]:
            first, last = self._segments[number]
            found = self._status_of(self.sentence.flat[first:last])
            if found is Status.PLANNED and self._falls_through(number):
                return Status.CANCELLED, True
            if found is not None:
                return found, True
        return Status.PLANNED if self.lists else Status.CONFIRMED, False

    def _falls_through(self, own: int) -> bool:
        """Tell whether the next part takes a plan back: ", but that was called off"."""
        if own + 1 >= len(self._segments):
            return False
        first, last = self._segments[own + 1][0], self._segments[min(own + 2, len(self._segments) - 1)][1]
        rest = self.sentence.text[first:last]
        names_another = any(word[0].isupper() for word in rest.replace(",", " ").split())
        taken_back = self.language.pattern("cues", "cancelled").search(self.sentence.flat[first:last])
        return bool(taken_back) and not names_another

    def _status_of(self, part: str) -> Status | None:
        for key, status in _ORDER:
            if self.language.pattern("cues", key).search(part):
                has_gone = key == "moving" and _HAS_GONE.search(part)
                return Status.CONFIRMED if has_gone else status
        return None

    def segment_of(self, at: int) -> tuple[int, int]:
        """Return where the part of the sentence around an offset begins and ends."""
        return next(
            ((first, last) for first, last in self._segments if first <= at < last),
            (0, len(self.sentence.text)),
        )

    def is_beside_the_point(self, start: int, end: int) -> bool:
        """Tell whether what stands there belongs to a premiere, a photo, a birth, rather than to the shoot.

        The nearest cue before it decides, else the nearest after it.
        """
        after = self.language.pattern("cues", "besides").search(self.sentence.flat, end)
        if after and after.start() - end <= _RIGHT_AFTER and self._is_glued(end, after.start()):
            return True
        before = [
            (last, is_beside)
            for first, last, is_beside in self._cues()
            if last <= start and not self._only_says_who(first, last, start)
        ]
        if before:
            return max(before)[1]
        later = [(first, is_beside) for first, _, is_beside in self._cues() if first >= end]
        return min(later)[1] if later else False

    def _only_says_who(self, first: int, last: int, start: int) -> bool:
        """Tell whether a cue names who says so, with a comma before what stands at `start`."""
        says = self.language.pattern("cues", "says_who").fullmatch(self.sentence.flat, first, last)
        return bool(says) and "," in self.sentence.flat[last:start]

    def _is_glued(self, end: int, start: int) -> bool:
        between = self.sentence.flat[end:start]
        return not _SIGNS.search(between) and len(between.split()) <= 1

    def is_story(self, start: int) -> bool:
        """Tell whether what begins there is what a place plays, not where it is."""
        window = self.sentence.flat[max(0, start - _STORY_WITHIN) : start]
        ends = [match.end() for match in self.language.pattern("cues", "stands_for").finditer(window)]
        return bool(ends) and not _SIGNS.search(window[max(ends) :])

    def _cues(self) -> Iterator[tuple[int, int, bool]]:
        for first, last in self.strong:
            yield first, last, False
        for key in ("sites", "chosen", "moving"):
            for match in self.language.pattern("cues", key).finditer(self.sentence.flat):
                yield *match.span(), False
        shooting = self.strong
        closures = self.language.pattern("cues", "sites")
        shut = [match.start() for match in closures.finditer(self.sentence.flat)]
        for match in self.language.pattern("cues", "besides").finditer(self.sentence.flat):
            if any(0 <= match.start() - first <= _SHUT_WITHIN for first in shut):
                continue  # "will be closed for filming"
            if not any(first <= match.start() < last for first, last in shooting):
                yield *match.span(), True


def readings(sentences: list[Sentence], language: Language) -> list[Reading]:
    """Return a reading for each sentence; one explained by shooting in the next is about it, too."""
    plain = [Reading(sentence, language) for sentence in sentences]
    reason = language.pattern("cues", "reason")
    permits = any(_PERMIT.search(sentence.flat) for sentence in sentences)
    in_context = sum(bool(reading.strong) for reading in plain) >= _ENOUGH
    found = []
    for reading, following in zip(plain, [*plain[1:], None], strict=True):
        explains = following is not None and reason.match(following.sentence.flat) and following.strong
        lists = permits and _PERMITTED.search(reading.sentence.text)
        found.append(Reading(reading.sentence, language, bool(explains), bool(lists), in_context))
    return found
