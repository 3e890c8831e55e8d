"""Small tables for the tests, and imports of them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from click.testing import Result
from flask import Flask
from sqlalchemy import Engine, select

from tracker.cli.importing import import_command
from tracker.tables import metadata

# What differs between two runs that do the same.
_MOMENTS = frozenset({"made_at", "created_at", "started_at", "finished_at", "submitted_at"})


def table_file(folder: Path, text: str, name: str = "table.csv", encoding: str = "utf-8") -> Path:
    """Write a table as it stands."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def run_import(app: Flask, *arguments: str | Path) -> Result:
    """Run `flask import`."""
    return app.test_cli_runner().invoke(import_command, [str(argument) for argument in arguments])


def figures(result: Result) -> dict[str, int]:
    """Answer the figures of a report by their labels."""
    found = re.findall(r"^  (\S.*?) {2,}([\d,]+)$", result.stdout, re.MULTILINE)
    return {label: int(number.replace(",", "")) for label, number in found}


def logical_dump(engine: Engine) -> dict[str, list[str]]:
    """Answer all rows of all tables, without the moments at which they were written."""
    dump: dict[str, list[str]] = {}
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            columns = [column for column in table.columns if column.name not in _MOMENTS]
            rows = [[_plain(value) for value in row] for row in connection.execute(select(*columns))]
            dump[table.name] = sorted(repr(row) for row in rows)
    return dump


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return json.dumps({k: v for k, v in value.items() if k not in _MOMENTS}, sort_keys=True)
    return value
