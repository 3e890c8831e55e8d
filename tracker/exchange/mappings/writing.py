"""A mapping as the text of a file that reads back as the same mapping."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tracker.exchange.mappings.mapping import FIELDS
from tracker.exchange.mappings.mapping import Mapping as Reading
from tracker.exchange.reading.tables import column_of


def as_toml(mapping: Reading, names: Mapping[str, str]) -> str:
    """Answer a mapping as TOML; `names` gives the columns' names as written, by key."""
    # Of two columns of one name the second is known by its number alone.
    names = {key: name for key, name in names.items() if column_of(name) == key}
    columns = {
        key: _one_or_list(names.get(column, column) for column in mapping.columns[key])
        for key in FIELDS
        if mapping.columns.get(key)
    }
    tables = {
        "recognise": {"columns": _list(names.get(one, one) for one in mapping.recognised_by)}
        if mapping.recognised_by
        else {},
        "columns": columns,
        "places": _places(mapping),
        "places.prefixes": {_quoted(key): _quoted(area) for key, area in mapping.places.prefixes.items()},
        "dates": {"order": _quoted(mapping.order.value)} if mapping.order else {},
        "rows": _rows(mapping),
        "kinds": {_quoted(word): _quoted(kind.value) for word, kind in mapping.kinds.items()},
        "source": _source(mapping),
    }
    lines = [f"name = {_quoted(mapping.name)}", f"label = {_quoted(mapping.label)}"]
    for table, values in tables.items():
        if values:
            lines += ["", f"[{table}]", *(f"{key} = {value}" for key, value in values.items())]
    return "\n".join(lines) + "\n"


def _places(mapping: Reading) -> dict[str, str]:
    places = mapping.places
    said = {"within": _quoted(places.within), "country": _quoted(places.country)}
    if places.split:
        said["split"] = _quoted(places.split)
    if places.notes_in_brackets:
        said["notes_in_brackets"] = "true"
    if places.detail_is_finer:
        said["detail_is_finer"] = "true"
    return said


def _rows(mapping: Reading) -> dict[str, str]:
    said = {"status": _quoted(mapping.status.value), "kind": _quoted(mapping.kind.value)}
    return said | ({"literal": "true"} if mapping.literal else {})


def _source(mapping: Reading) -> dict[str, str]:
    source = mapping.source
    official = {"official": "true"} if source.official else {}
    return official | {
        "kind": _quoted(source.kind.value),
        "title": _quoted(source.title),
        "address": _quoted(source.address),
        "outlet": _quoted(source.outlet),
        "licence": _quoted(source.licence),
    }


def _one_or_list(texts: Iterable[str]) -> str:
    some = list(texts)
    return _quoted(some[0]) if len(some) == 1 else _list(some)


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(_quoted(text) for text in texts)}]"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else " " for c in escaped) + '"'
