"""What is asked: parameters and bodies, read into models, refused as a whole with every reason."""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from flask import request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from tracker.foundation.text import clean_line

Model = TypeVar("Model", bound=BaseModel)
LARGEST_ID = 2**31 - 1
Words = Annotated[str, Field(max_length=200)]
After = Annotated[int, Field(ge=0, le=LARGEST_ID, description="The last id of the page before.")]
Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Limit = Annotated[int, Field(ge=1, le=200, description="How many at most.")]
Country = Annotated[str, Field(pattern=r"^[A-Za-z]{2}$", description="ISO 3166-1, two letters.")]
_DEGREES = r"-?[0-9]{1,4}(\.[0-9]{1,9})?"
Bbox = Annotated[
    str,
    Field(
        pattern=rf"^{_DEGREES},{_DEGREES},{_DEGREES},{_DEGREES}$",
        description="west,south,east,north in degrees; west above east crosses the 180th meridian.",
        examples=["5,58,12,64"],
    ),
]


def whole(value: object) -> object:
    """Take 180.0 for the whole number that it is: JSON has one kind of number."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


GivenId = Annotated[Id, BeforeValidator(whole)]


class Query(BaseModel):
    """Parameters of an address; one that is not known is refused, so that a slip is noticed."""

    model_config = ConfigDict(extra="forbid")


class RefusedError(Exception):
    """When parameters or a body are not of the shape that is documented."""

    def __init__(self, error: ValidationError) -> None:
        super().__init__("refused")
        self.errors = [
            {"field": ".".join(map(str, one["loc"])) or "body", "reason": one["msg"]}
            for one in error.errors(include_url=False, include_input=False, include_context=False)
        ]

    @property
    def detail(self) -> str:
        return "; ".join(f"{one['field']}: {one['reason']}" for one in self.errors)[:2000]


def read_query(model: type[Model]) -> Model:
    """Answer the parameters of the request. Raises RefusedError naming each that cannot be."""
    given: dict[str, Any] = {
        name: values[0] if len(values) == 1 else values for name, values in request.args.lists()
    }
    return _read(model, given)


def read_body(model: type[Model]) -> Model:
    """Answer the JSON of the request. Raises RefusedError, or the error of what is no JSON."""
    if request.mimetype != "application/json":
        raise UnsupportedMediaType("Send the body as application/json.")
    try:
        return model.model_validate_json(request.get_data(), strict=True)
    except ValidationError as error:
        if error.errors()[0]["type"] == "json_invalid":
            raise BadRequest("The body is not JSON.") from None
        raise RefusedError(error) from None


def cleaned(words: str | None) -> str:
    """Answer words as one clean line."""
    return clean_line(words or "")


def _read(model: type[Model], given: object) -> Model:
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise RefusedError(error) from None
