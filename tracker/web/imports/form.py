"""How the owner of an upload says what its columns mean, and what it is as a source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask_wtf import FlaskForm
from wtforms import Field, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2
from wtforms.validators import Length, ValidationError

from tracker.exchange.mappings.mapping import FIELDS, SEVERAL, Mapping, PlacesOf, SourceOf
from tracker.exchange.uploads.looking import Look
from tracker.exchange.uploads.saying import Said
from tracker.foundation.errors import InvalidValueError
from tracker.foundation.text import clean_line
from tracker.productions.models import Status
from tracker.sources.addresses import check_address
from tracker.sources.models import SourceKind
from tracker.web.imports.words import DELIMITERS, ENCODINGS, FIELD_WORDS, ORDERS, STATUSES
from tracker.web.partners.form import country_choices

_PLACES = frozenset({"place", "place_detail", "around", "point", "lat"})


def _at_most(characters: int) -> Length:
    return Length(max=characters, message=f"Too long: at most {characters:,} characters are kept.")


class ReadingForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """What a file is, beside its columns; these are selects of their own, named by their number."""

    encoding = SelectField("Encoding", choices=[SelectChoice(*one) for one in ENCODINGS], default="")
    delimiter = SelectField("Cells are parted by", choices=[SelectChoice(*one) for one in DELIMITERS])
    base = SelectField("Mapping to begin with", choices=[], default="")
    order = RadioField(
        "05/03/2023 means", choices=[SelectChoice(*one) for one in ORDERS], default="", validate_choice=True
    )
    title = StringField("Production of rows without a title", [_at_most(300)], default="")
    within = StringField("All its places lie in", [_at_most(200)], default="")
    country = SelectField("Country of all places", choices=[], default="")
    context = StringField("Where to look first", [_at_most(200)], default="")
    status = SelectField("What a row attests", choices=[SelectChoice(*one) for one in STATUSES])
    kind = SelectField("Kind of source", choices=[SelectChoice(k.value, k.word) for k in SourceKind])
    source_title = StringField("Title of the source", [_at_most(300)], default="")
    address = StringField("Its address", [_at_most(2000)], default="")
    outlet = StringField("Who publishes it", [_at_most(200)], default="")
    licence = StringField("Its licence", [_at_most(200)], default="")
    save_as = StringField("Save this mapping as", [_at_most(60)], default="")

    def validate_address(self, field: Field) -> None:
        if not clean_line(field.data or ""):
            return
        try:
            check_address(field.data)
        except InvalidValueError as error:
            raise ValidationError(str(error)) from None

    def said(self) -> Said:
        """Answer what is said beside the mapping."""
        return Said(
            encoding=self.encoding.data or "",
            delimiter=self.delimiter.data or "",
            base=self.base.data or "",
            order=self.order.data or "",
            title=clean_line(self.title.data or ""),
            context=clean_line(self.context.data or ""),
        )

    def mapping(self, begun: Mapping, columns: dict[str, tuple[str, ...]]) -> Mapping:
        """Answer the mapping that is shown, from the one that it began with."""
        within = clean_line(self.within.data or "")
        places = replace(begun.places, within=within, country=self.country.data or "")
        if within != begun.places.within:
            # Postal codes and the like belong to the area that it was about.
            places = PlacesOf(within=within, country=places.country, split=places.split)
        return replace(
            begun,
            columns=columns,
            places=places,
            status=Status(self.status.data),
            source=SourceOf(
                kind=SourceKind(self.kind.data),
                title=clean_line(self.source_title.data or ""),
                address=clean_line(self.address.data or ""),
                outlet=clean_line(self.outlet.data or ""),
                licence=clean_line(self.licence.data or ""),
            ),
        )


def reading_form(said: Said, mapping: Mapping, names: Sequence[tuple[str, str]]) -> ReadingForm:
    """Answer the form for a file; `names` are the mappings to begin with, as (name, label)."""
    source, places = mapping.source, mapping.places
    form = ReadingForm(
        data={
            "encoding": said.encoding,
            "delimiter": said.delimiter,
            "base": said.base,
            "order": said.order or (mapping.order.value if mapping.order else ""),
            "title": said.title,
            "context": said.context,
            "within": places.within,
            "country": places.country,
            "status": mapping.status.value,
            "kind": source.kind.value,
            "source_title": source.title,
            "address": source.address,
            "outlet": source.outlet,
            "licence": source.licence,
        }
    )
    form.base.choices = [SelectChoice("", "What fits the columns"), *(SelectChoice(*one) for one in names)]
    form.country.choices = country_choices()
    return form


def column_name(at: int) -> str:
    """Answer how the select of a column is called."""
    return f"column-{at}"


def meanings(look: Look, mapping: Mapping) -> list[str]:
    """Answer the field of each column of a file, "" for those that are left out."""
    found = mapping.found_in(tuple(look.keys))
    fields = {column: name for name, columns in found.items() for column in columns}
    return [fields.get(key, "") for key in look.keys]


def columns_of(look: Look, mapping: Mapping, chosen: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Answer the columns by field as chosen. Raises InvalidValueError naming what contradicts itself."""
    if list(chosen) == meanings(look, mapping):
        # Nothing was changed: what the selects cannot show, such as a column of two meanings, stays too.
        found = dict(mapping.columns)
    else:
        found = {}
        for name in FIELDS:
            keys = tuple(key for key, field in zip(look.keys, chosen, strict=True) if field == name)
            if len(keys) > 1 and name not in SEVERAL:
                both = " and ".join(repr(look.header[look.keys.index(key)]) for key in keys[:2])
                raise InvalidValueError(f"{both} cannot both be: {FIELD_WORDS[name]}. Leave one of them out.")
            if keys:
                before = mapping.found_in(tuple(look.keys)).get(name, ())
                found[name] = before if set(before) == set(keys) else keys
    if not _PLACES & found.keys():
        raise InvalidValueError("No column holds a place. Choose the one that says where it was.")
    if ("lat" in found) != ("lon" in found):
        raise InvalidValueError("Latitude and longitude belong together. Choose both columns or none.")
    return found
