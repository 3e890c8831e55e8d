"""Whether what a sentence names is a place of the shoot: governed by "in", in a list, or called a set."""

from __future__ import annotations

import re

from tracker.articles.mention import Mention
from tracker.articles.placewords import before

_SITE_WITHIN = 90
# "took over the old town of Stirling"
_PART_OF = re.compile(r"\s+(?:the )?(?:[\w'-]+ ){1,3}of ")
_BETWEEN = re.compile(r"(?<!\w)(?:between|from) (?:[\w.' ]{2,30} (?:and|to) )?$")
# "the mall in Duluth, Georgia, where cameras rolled"
_IN = re.compile(r" (?:in|à|en|a|i) [A-ZÀ-Þ][\w.'-]*(?:,? [A-ZÀ-Þ][\w.'-]*){0,3}")
_WHERE = re.compile(r",? (?:where|wo|ou|donde|dove|hvor)(?!\w)")
_PEOPLE_OF = re.compile(
    r"(?:people|residents|folk|community|town|city|village|habitants|ville|gente|vecinos|ciudad|pueblo|abitanti|citta"
    r"|folk\w*|innbygger\w*|menschen|burger\w*|stadt) (?:of|in|von|de|di|i|pa|d')\s*(?:the )?$"
)


def is_of_the_shoot(mention: Mention, *, is_listed: bool) -> bool:
    """Tell whether a mention is of the shoot; one `is_listed` goes on a list of places that are."""
    reading = mention.reading
    start, end = mention.start - reading.sentence.start - mention.owned, mention.end - reading.sentence.start
    if reading.gives_thanks and not reading.strong:
        of_people = bool(_PEOPLE_OF.search(reading.sentence.flat[:start]))
        return mention.is_area or (mention.spot is None and (is_listed or of_people))
    if not reading.is_about_shooting and not (reading.gives_thanks and mention.is_area):
        return False
    if mention.spot is not None and mention.spot.is_street and _BETWEEN.search(reading.sentence.flat[:start]):
        return False  # how far a street is closed
    if reading.is_story(start) or reading.is_beside_the_point(start, end):
        return False
    if reading.gives_thanks and mention.is_area:
        return True
    return is_listed or _is_governed(start, mention) or _is_site(start, end, mention)


def _is_governed(start: int, mention: Mention) -> bool:
    text = mention.reading.sentence.flat
    match = before(mention.reading.language).search(text[:start])
    if match is None:
        # "avant de rejoindre l'île de Ré"
        return any(
            re.fullmatch(r"\s*(?:l'|la |le |les |the )?", text[cue.end() : start])
            for cue in mention.reading.language.pattern("cues", "moving").finditer(text, 0, start)
        )
    if not mention.reading.language.pattern("places", "never").fullmatch(match["at"]):
        return True
    # "Dachboden des Rathauses", "the streets of Oslo": only inside a phrase that itself stands after "in".
    return mention.spot is not None and bool(mention.reading.has("sites"))


def _is_site(start: int, end: int, mention: Mention) -> bool:
    text = mention.reading.sentence.flat
    chosen = mention.reading.language.pattern("cues", "chosen")
    around = chosen.search(text[max(0, start - 30) : end + 40])
    if around and any(0 <= start - match.end() <= 6 for match in chosen.finditer(text)):
        return True
    if mention.reading.lists and text[:start].rstrip().endswith((":", ";")):
        return True
    town = _IN.match(mention.reading.sentence.text, end)
    if mention.reading.strong and _WHERE.match(text, town.end() if town else end):
        return True
    for match in mention.reading.language.pattern("cues", "sites").finditer(text):
        if 0 <= match.start() - end <= _SITE_WITHIN and (
            mention.spot is not None or match.start() - end < 30
        ):
            return True
        if 0 <= start - match.end() <= 5 or _PART_OF.fullmatch(text, match.end(), start):
            return True
    return False
