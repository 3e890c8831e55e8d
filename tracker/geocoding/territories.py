"""Which territories with an ISO 3166-1 code of their own people also place in the country they belong to."""

from __future__ import annotations

from collections.abc import Iterable

_TERRITORIES: dict[str, frozenset[str]] = {
    "US": frozenset({"PR", "GU", "VI", "AS", "MP", "UM"}),
    "CN": frozenset({"HK", "MO", "TW"}),
    "DK": frozenset({"GL", "FO"}),
    "FI": frozenset({"AX"}),
    "NO": frozenset({"SJ", "BV"}),
    "GB": frozenset(
        {"IM", "JE", "GG", "GI", "BM", "KY", "FK", "VG", "AI", "MS", "TC", "SH", "GS", "IO", "PN"}
    ),
    "FR": frozenset({"GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF", "PF", "NC", "WF", "TF"}),
    "NL": frozenset({"AW", "CW", "SX", "BQ"}),
    "AU": frozenset({"NF", "CX", "CC", "HM"}),
    "NZ": frozenset({"CK", "NU", "TK"}),
    "RS": frozenset({"XK"}),
    "IL": frozenset({"PS"}),
    "MA": frozenset({"EH"}),
}


def holds_country(outer: str, inner: str) -> bool:
    """Tell whether `inner` is the country `outer` or counted in it by many ("San Juan, Puerto Rico, USA")."""
    return outer == inner or inner in _TERRITORIES.get(outer, ())


def with_territories(countries: Iterable[str]) -> frozenset[str]:
    """Return the ISO codes together with those of their territories."""
    codes = frozenset(countries)
    return codes.union(*(_TERRITORIES.get(code, frozenset()) for code in codes))
