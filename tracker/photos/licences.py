"""The licences under which a photo may be published here, each with the address of its text."""

from __future__ import annotations

import enum


class Licence(enum.StrEnum):
    CC0 = "cc0-1.0"
    PUBLIC_DOMAIN = "pdm-1.0"
    CC_BY_4 = "cc-by-4.0"
    CC_BY_SA_4 = "cc-by-sa-4.0"
    CC_BY_3 = "cc-by-3.0"
    CC_BY_SA_3 = "cc-by-sa-3.0"
    CC_BY_2 = "cc-by-2.0"
    CC_BY_SA_2 = "cc-by-sa-2.0"
    OGL_3 = "ogl-3.0"

    @property
    def word(self) -> str:
        return _WORDS[self][0]

    @property
    def address(self) -> str:
        return _WORDS[self][1]


_CC = "https://creativecommons.org"
_WORDS = {
    Licence.CC0: ("CC0 1.0, no rights reserved", f"{_CC}/publicdomain/zero/1.0/"),
    Licence.PUBLIC_DOMAIN: ("Public domain, no known rights", f"{_CC}/publicdomain/mark/1.0/"),
    Licence.CC_BY_4: ("CC BY 4.0", f"{_CC}/licenses/by/4.0/"),
    Licence.CC_BY_SA_4: ("CC BY-SA 4.0", f"{_CC}/licenses/by-sa/4.0/"),
    Licence.CC_BY_3: ("CC BY 3.0", f"{_CC}/licenses/by/3.0/"),
    Licence.CC_BY_SA_3: ("CC BY-SA 3.0", f"{_CC}/licenses/by-sa/3.0/"),
    Licence.CC_BY_2: ("CC BY 2.0", f"{_CC}/licenses/by/2.0/"),
    Licence.CC_BY_SA_2: ("CC BY-SA 2.0", f"{_CC}/licenses/by-sa/2.0/"),
    Licence.OGL_3: (
        "Open Government Licence 3.0",
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    ),
}
