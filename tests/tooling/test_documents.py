"""What the documents say about settings is what the code reads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tracker.config import ROOT, from_environment
from tracker.exchange.dumping.kinds import Kind
from tracker.exchange.dumping.public_rows import TABLES


class Watched(Mapping[str, str]):
    """An environment that keeps in mind which names it was asked for."""

    def __init__(self, **values: str) -> None:
        self._values = values
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


@pytest.mark.parametrize("document", ["docs/operating.md", "README.md"])
def test_each_setting_that_is_read_is_documented_and_no_other(document: str, tmp_path: Path) -> None:
    environment = Watched(INSTANCE_PATH=str(tmp_path))
    from_environment(environment)
    text = (ROOT / document).read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \|", text, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"[A-Z_]+", row)}
    assert named - {"HOST", "PORT", "WORKERS"} == environment.asked


def test_the_format_of_the_dump_is_documented_as_it_is() -> None:
    text = (ROOT / "docs" / "dump.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([a-z]+)` \|", text, re.MULTILINE) == [kind.value for kind in Kind]
    tables = re.findall(r"^\| `([a-z_]+)\.jsonl` \| `([a-z_ ]+)` \|", text, re.MULTILINE)
    assert tables == [(table.name, " ".join(table.columns)) for table in TABLES]
