"""How a cell of the database stands in a line of JSON, the same on every database.

    kind      in the database              in JSON
    integer   INTEGER, SMALLINT, BIGINT    number
    number    FLOAT, DOUBLE PRECISION      number, the shortest that reads back as the same
    decimal   NUMERIC                      text, as written out
    boolean   BOOLEAN                      true, false
    text      VARCHAR, TEXT, enumerations  text
    date      DATE                         "2020-10-05"
    moment    TIMESTAMP                    "2020-10-05T12:00:00.000000Z", in UTC
    json      JSON                         as it is
    bytes     BLOB, BYTEA                  text, Base64

No value is null in every kind.
"""

from __future__ import annotations

import base64
import enum
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import types
from sqlalchemy.types import TypeEngine

from tracker.foundation.errors import DataFileError


class Kind(enum.StrEnum):
    INTEGER = "integer"
    NUMBER = "number"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    TEXT = "text"
    DATE = "date"
    MOMENT = "moment"
    JSON = "json"
    BYTES = "bytes"


# Looked at in this order: some of them are kinds of others.
_KINDS: tuple[tuple[type[TypeEngine[Any]], Kind], ...] = (
    (types.Boolean, Kind.BOOLEAN),
    (types.JSON, Kind.JSON),
    (types.DateTime, Kind.MOMENT),
    (types.Date, Kind.DATE),
    (types.Integer, Kind.INTEGER),
    (types.Float, Kind.NUMBER),
    (types.Numeric, Kind.DECIMAL),
    (types.LargeBinary, Kind.BYTES),
    (types.String, Kind.TEXT),
)


def kind_of(kind: TypeEngine[Any], where: str) -> Kind:
    """Answer the kind of a column's type. Raises DataFileError, naming `where`, for one that has none yet."""
    for known, answer in _KINDS:
        if isinstance(kind, known):
            return answer
    raise DataFileError(f"Column {where} is of type {kind}, for which the dump has no form yet.")


def encoder(kind: Kind) -> Callable[[Any], Any] | None:
    """Answer what makes a value of the database fit for JSON; None where it is already."""
    return _ENCODERS.get(kind)


def decoder(kind: Kind) -> Callable[[Any], Any]:
    """Answer what makes a value of the database again; it raises ValueError or TypeError if it is none."""
    return _DECODERS[kind]


def _moment(value: datetime) -> str:
    # SQLite keeps UTC without a zone; PostgreSQL answers in the zone of the connection.
    utc = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return utc.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _exactly(*kinds: type) -> Callable[[Any], Any]:
    def same(value: Any) -> Any:
        # True is a whole number to Python, and none to us.
        if type(value) not in kinds:
            raise TypeError(f"{str(value)[:40]!r} is no {kinds[0].__name__}")
        return value

    return same


_ENCODERS: dict[Kind, Callable[[Any], Any]] = {
    Kind.DATE: date.isoformat,
    Kind.MOMENT: _moment,
    Kind.DECIMAL: str,
    Kind.BYTES: lambda value: base64.b64encode(value).decode("ascii"),
}
_DECODERS: dict[Kind, Callable[[Any], Any]] = {
    Kind.INTEGER: _exactly(int),
    Kind.NUMBER: lambda value: float(_exactly(float, int)(value)),
    Kind.DECIMAL: lambda value: Decimal(_exactly(str)(value)),
    Kind.BOOLEAN: _exactly(bool),
    Kind.TEXT: _exactly(str),
    Kind.DATE: lambda value: date.fromisoformat(_exactly(str)(value)),
    Kind.MOMENT: lambda value: datetime.fromisoformat(_exactly(str)(value)),
    Kind.JSON: lambda value: value,
    Kind.BYTES: lambda value: base64.b64decode(_exactly(str)(value), validate=True),
}
