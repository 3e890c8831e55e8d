"""Fold names so that people's spellings meet: case, accents, ligatures and punctuation do not matter."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not decompose, though people write them plainly.
_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ə": "a"}
)
_APOSTROPHES = str.maketrans("", "", "'’‘ʻʼ`´ʿʾ′")
_LETTERS = {**_APOSTROPHES, **_PLAIN_LETTERS}
_DIGRAPHS = re.compile("aa|ae|oe|ue")
_AS_DIGRAPHS = str.maketrans({"å": "aa", "ä": "ae", "æ": "ae", "ö": "oe", "ø": "oe", "ü": "ue"})
_GAPS = re.compile(r"[\W_]+")
_SHORT_FORMS = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft", "and": "&"}
_LONG_FORMS = {short: long for long, short in _SHORT_FORMS.items()}

LOST_LETTER = "\N{REPLACEMENT CHARACTER}"


def fold(text: str) -> str:
    """Return the text in lower case, plain letters, words parted by single spaces."""
    text = text.casefold().translate(_APOSTROPHES)
    if not text.isascii():
        # Taking a letter apart may show a capital again (㏗), and the other way round.
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        text = text.translate(_LETTERS)
        text = "".join(letter for letter in text if not unicodedata.combining(letter))
        text = unicodedata.normalize("NFC", text)
    return _GAPS.sub(" ", text).strip()


def spellings(folded: str) -> list[str]:
    """Return the folded name and its usual other forms: Saint for St, Mount for Mt, without an article."""
    words = folded.split()
    forms = [folded]
    for table in (_SHORT_FORMS, _LONG_FORMS):
        changed = " ".join(table.get(word, word) for word in words)
        forms.append(changed.replace("& ", ""))
    if len(words) > 1 and all(len(word) == 1 for word in words):
        forms.append("".join(words))  # "N.Y.C." is written NYC, too
    if len(words) > 1 and words[0] == "the":
        forms.extend(spellings(" ".join(words[1:])))
    return list(dict.fromkeys(forms))


def beginnings(folded: str) -> list[str]:
    """Return what a folded name begins with that is still being typed: "st peters" is "saint peters", too.

    Its last word may still grow, so it stays as it is.
    """
    *words, last = folded.split(" ")
    forms = [folded]
    for table in (_SHORT_FORMS, _LONG_FORMS):
        forms.append(" ".join([*(table.get(word, word) for word in words), last]).replace("& ", ""))
    return list(dict.fromkeys(forms))


def without_digraphs(folded: str) -> str:
    """Return what was typed without keys for its letters (Aandalsnes, Goeteborg) as the name itself folds."""
    return _DIGRAPHS.sub(lambda pair: pair[0][0], folded)


def with_digraphs(text: str) -> str:
    """Return the text as it is typed without keys for its letters."""
    return unicodedata.normalize("NFC", text).casefold().translate(_AS_DIGRAPHS)


def fold_damaged(text: str) -> str:
    """Fold a text that holds lost letters, keeping each of them as one `LOST_LETTER`."""
    return " ".join(
        "".join(
            LOST_LETTER if piece == LOST_LETTER else _fold_piece(piece)
            for piece in re.split(f"({LOST_LETTER})", text)
        ).split()
    )


def _fold_piece(piece: str) -> str:
    lead = " " if piece[:1].isspace() else ""
    trail = " " if len(piece) > 1 and piece[-1:].isspace() else ""
    return f"{lead}{fold(piece)}{trail}"


def is_abbreviation(name: str) -> bool:
    """Tell whether a listed name is a code of at most three capitals (an airport's), not a name."""
    return len(name) <= 3 and name.isascii() and name.isupper()


def is_transliteration(name: str) -> bool:
    """Tell whether a listed name is a machine's romanization ("lauma"): plain letters without a capital."""
    return name.isascii() and name == name.lower()
