"""Whom an article relies on: posts on platforms, news outlets, permits, public bodies."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from urllib.parse import urlsplit

from tracker.articles.cues import Reading
from tracker.articles.datelines import dateline_of
from tracker.articles.language import flat
from tracker.articles.listing import is_credit
from tracker.articles.model import FoundPerson, FoundSource
from tracker.foundation.dates.words import WORDS

_PLATFORMS = {
    "instagram": r"instagram|insta|instagrammer",
    "tiktok": r"tiktok\w*|tik tok",
    "twitter": r"twitter\w*|tweet\w*|twittert\w*",
    "facebook": r"facebook\w*",
    "youtube": r"youtube\w*",
}
_HANDLE = re.compile(r"(?<![\w.@])@[A-Za-z0-9_](?:[\w.]{0,28}\w)?")
_MAIL_HOST = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
_NAMED = re.compile(
    r"(?:goes by the name(?: of)?|user(?:name)?|account|nutzer(?:in)?|usuari[oa]|utente"
    r"|bruker(?:en)?|internaute)\s+(?=\S)"
)
_USER = re.compile(r"[“\"„«]?([A-ZÀ-Þ][\w.]{2,29})")
_FOLLOW = re.compile(r"follow us|folge[nt]? (?:sie )?uns|suivez-nous|siguenos|seguici|folg oss")
_TIKTOK_TAG = re.compile(r"#fyp\b|#foryou(?:page)?\b", re.IGNORECASE)
_NEAR = 90
_PERMIT = re.compile(
    r"(?:film(?:ing)? )?permits?(?: \w+){0,4}? (?:filed (?:with|by)|from|issued by|with|by"
    r"|obtained from) (?:the )?"
)
_PERMIT_ALONE = re.compile(
    r"(?<!\w)(?:film(?:ing)? permits?|permit applications?|drehgenehmigung\w*|autorisations? de "
    r"tournage|permisos? de rodaje|permess[oi] (?:di|per le) riprese"
    r"|innspillingstillatelse\w*)(?!\w)"
)
_PLACE_NAME = re.compile(
    r"(?:(?:[Cc]ity|[Tt]own|[Cc]ounty|[Vv]illage) of )?[A-ZÀ-Þ][\w’'-]*(?: (?:of |de )?[A-ZÀ-Þ][\w’'-]*){0,4}"
)
_BODY_LINE = re.compile(
    r"(?:quelle|source|fuente|fonte|kilde|pressemitteilung)\s*:\s*(?=(?:die |la |le |el |il "
    r")?(?:stadt|gemeinde|landkreis|ville|mairie|ayuntamiento|comune|kommune|city|county|film "
    r"?commission|region))"
)
_BODY = re.compile(
    r"(?<!\w)(?:the )?(?:city of|town of|county of|municipality of|state of|stadtverwaltung|stadt"
    r"|gemeinde|mairie d[e']|ville de|commune de"
    r"|municipalite de|ayuntamiento de|comune di) ?(?=\S)"
)
_SAYS_WITHIN = 45
_KOMMUNE = re.compile(r"[A-ZÆØÅ][\w-]+ kommune(?= (?:opplyser|melder|bekrefter|skriver|informerer))")
_COMMISSION = re.compile(
    r"(?:[A-ZÀ-Þ][\w’'-]+ (?:(?:de|of|du|des|della|di) )?){0,3}(?:Film Commission|Film Office"
    r"|Film Fund|Filmförderung|Film Fonds?|Filmkommisjon|Filmfond)(?: (?:[A-ZÀ-Þ][\w’'-]+|de|of|d’"
    r"|du)){0,3}"
)
_SAYS = re.compile(
    r"according to|said|says|announced|confirmed|reports?|reported|press release|teilt\w* mit"
    r"|teilte|mitteilt\w*|mitteilung|bestatig\w+|laut|selon|d'apres|annonc\w+|indiqu\w+|confirm\w+"
    r"|segun|anunci\w+|inform\w+|secondo|comunic\w+|annunci\w+|conferm\w+|ifolge|opplys\w+|melder"
    r"|skriver|bekreft\w+|berichte\w+|rapporte\w*|via|dpa|told"
)


@dataclass(frozen=True, slots=True)
class _Outlet:
    name: str
    type: str
    host: str
    names: tuple[str, ...]


@lru_cache(maxsize=1)
def _outlets() -> tuple[_Outlet, ...]:
    text = files("tracker.articles").joinpath("data", "outlets.csv").read_text(encoding="utf-8")
    return tuple(
        _Outlet(row["name"], row["type"], row["host"], (row["name"], *filter(None, row["also"].split("|"))))
        for row in csv.DictReader(text.splitlines())
    )


def find_sources(
    readings: Sequence[Reading], people: Sequence[FoundPerson], url: str, main_place: str
) -> list[FoundSource]:
    """Return the sources in order, each once; `main_place` is the town of a body that is not named."""
    found: list[FoundSource] = []
    speaker = ""
    for reading in readings:
        here = [p.name for p in people if _speaks(p, reading)]
        named = list(_platforms(reading, here, speaker))
        found += named
        found += _outlets_in(reading)
        found += _bodies(reading, main_place)
        speaker = here[-1] if here else speaker
    found += _handles(readings)
    found += _publisher(readings, url)
    return sorted(_distinct(found), key=lambda each: each.start)


def _speaks(person: FoundPerson, reading: Reading) -> bool:
    surname = flat(person.name.split()[-1])
    return bool(re.search(rf"(?<!\w){re.escape(surname)}(?!\w)", reading.sentence.flat))


def _platforms(reading: Reading, here: Sequence[str], speaker: str) -> Iterator[FoundSource]:
    """Read "shared a picture on Instagram": the person of the sentence, or who was spoken of before."""
    sentence = reading.sentence
    if _FOLLOW.search(sentence.flat):
        return
    for platform, words in _PLATFORMS.items():
        match = re.search(rf"(?<!\w)(?:{words})(?!\w)", sentence.flat)
        if match is None:
            continue
        if any(abs(handle.start() - match.start()) <= _NEAR for handle in _HANDLE.finditer(sentence.text)):
            continue  # the handle is the source
        user = _NAMED.search(sentence.flat)
        name = _USER.match(sentence.text, user.end()) if user else None
        quoted_speaker = (
            speaker
            if re.search(r"(?<!\w)(?:he|she|er|sie|il|elle|han|hun|ella|lei|lui)(?!\w)", sentence.flat)
            else ""
        )
        of_nobody = re.search(
            rf"(?<!\w)(?:{words}) (?:users?|nutzer\w*|usuari\w+|utent\w+|bruker\w*)", sentence.flat
        )
        who = name[1] if name else "" if of_nobody else (here[0] if here else quoted_speaker)
        yield FoundSource(platform, who, None, sentence.start + match.start(), sentence.start + match.end())


def _outlets_in(reading: Reading) -> Iterator[FoundSource]:
    sentence = reading.sentence
    dateline = dateline_of(reading)
    if dateline is not None and dateline.outlet:
        start = sentence.text.find(f"({dateline.outlet})") + 1 + sentence.start
        yield FoundSource("news", dateline.outlet, None, start, start + len(dateline.outlet))
    says = bool(_SAYS.search(sentence.flat)) or sentence.byline
    for outlet in _outlets():
        for name in outlet.names:
            match = re.search(rf"(?<![\w.@/]){re.escape(name)}(?![\w@-])", sentence.text)
            if match and says:
                yield FoundSource(
                    outlet.type,
                    outlet.name,
                    None,
                    sentence.start + match.start(),
                    sentence.start + match.end(),
                )
                break


def _bodies(reading: Reading, main_place: str) -> Iterator[FoundSource]:
    sentence = reading.sentence
    permit = _PERMIT.search(sentence.flat)
    alone = _PERMIT_ALONE.search(sentence.flat)
    name = _PLACE_NAME.match(sentence.text, permit.end()) if permit is not None else None
    if permit is not None and name is not None and WORDS.get(flat(name[0].split()[0]), (None,))[0] is None:
        yield _body(
            "permit",
            name[0][0].upper() + name[0][1:],
            sentence.start + permit.start(),
            sentence.start + name.end(),
        )
    elif alone is not None:
        yield _body("permit", main_place, sentence.start + alone.start(), sentence.start + alone.end())
    if line := _BODY_LINE.search(sentence.flat):
        body = sentence.text[line.end() :].strip(" .")
        full = f"{body.capitalize()} {main_place}".strip() if len(body.split()) == 1 else body
        yield _body("public body", full, sentence.start + line.end(), sentence.end)
    for match in _BODY.finditer(sentence.flat):
        name = _PLACE_NAME.match(sentence.text, match.end())
        around = sentence.flat[max(0, match.start() - 25) : (name.end() if name else 0) + _SAYS_WITHIN]
        if name and _SAYS.search(around):
            start = match.start() + (4 if match[0].startswith("the ") else 0)
            yield _body(
                "public body",
                sentence.text[start : name.end()],
                sentence.start + start,
                sentence.start + name.end(),
            )
    for pattern in (_KOMMUNE, _COMMISSION):
        for match in pattern.finditer(sentence.text):
            if pattern is _KOMMUNE or _SAYS.search(sentence.flat):
                yield _body(
                    "public body", match[0], sentence.start + match.start(), sentence.start + match.end()
                )


def _body(type_: str, name: str, start: int, end: int) -> FoundSource:
    return FoundSource(type_, name.strip(), None, start, end)


def _handles(readings: Sequence[Reading]) -> Iterator[FoundSource]:
    """Find handles; where no platform stands beside one, the article's only platform is meant."""
    whole = " ".join(reading.sentence.flat for reading in readings)
    spoken = [
        platform for platform, words in _PLATFORMS.items() if re.search(rf"(?<!\w)(?:{words})(?!\w)", whole)
    ]
    for at, reading in enumerate(readings):
        sentence = reading.sentence
        if _FOLLOW.search(sentence.flat):
            continue
        around = sentence.flat + " ".join(each.sentence.flat for each in readings[at + 1 : at + 2])
        for match in _HANDLE.finditer(sentence.text):
            platform = _platform_beside(sentence.flat, match.start())
            if platform is None and _TIKTOK_TAG.search(around):
                platform = "tiktok"
            if platform is None:
                platform = (
                    spoken[0] if len(spoken) == 1 or (spoken and is_credit(sentence)) else "social media"
                )
            yield FoundSource(
                platform, "", match[0], sentence.start + match.start(), sentence.start + match.end()
            )


def _platform_beside(text: str, at: int) -> str | None:
    near = [
        (abs(match.start() - at), platform)
        for platform, words in _PLATFORMS.items()
        for match in re.finditer(rf"(?<!\w)(?:{words})(?!\w)", text)
    ]
    return min(near)[1] if near and min(near)[0] <= _NEAR else None


def _publisher(readings: Sequence[Reading], url: str) -> Iterator[FoundSource]:
    """Name the listed outlet that the address, or a mail address in the text, belongs to."""
    hosts = [((urlsplit(url).hostname or "").removeprefix("www."), 0, 0)]
    for reading in readings:
        for match in _MAIL_HOST.finditer(reading.sentence.text):
            base = reading.sentence.start
            hosts.append((match[1].lower(), base + match.start(), base + match.end()))
    for host, start, end in hosts:
        for outlet in _outlets():
            if host and (host == outlet.host or host.endswith(f".{outlet.host}")):
                yield FoundSource(outlet.type, outlet.name, None, start, end)


def _distinct(found: Sequence[FoundSource]) -> list[FoundSource]:
    """Keep each source once; one without a name adds nothing to a named one of its platform."""
    kept: dict[tuple[str, str, str | None], FoundSource] = {}
    for source in sorted(found, key=lambda each: not (each.name or each.handle)):
        is_bare = not source.name and not source.handle
        if is_bare and any(key[0] == source.type for key in kept):
            continue
        kept.setdefault((source.type, flat(source.name), source.handle), source)
    return list(kept.values())
