"""How a file is read: what was recognised, the questions that are open, and the answers."""

from __future__ import annotations

import re
from dataclasses import replace

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from tracker.accounts.permissions import Permission
from tracker.exchange.mappings.mapping import FIELDS, Mapping, built_in, parse
from tracker.exchange.mappings.writing import as_toml
from tracker.exchange.uploads import queue
from tracker.exchange.uploads.looking import Look, saved_mappings
from tracker.exchange.uploads.models import SavedMapping, Upload, UploadState
from tracker.exchange.uploads.saying import said_of
from tracker.extensions import db
from tracker.foundation.clock import now
from tracker.foundation.database import begin_writing
from tracker.foundation.errors import ConflictError, InvalidValueError
from tracker.web.frame.access import allow
from tracker.web.frame.signed_in import current_user
from tracker.web.imports.form import (
    ReadingForm,
    column_name,
    columns_of,
    meanings,
    reading_form,
)
from tracker.web.imports.page import columns_shown
from tracker.web.imports.words import FIELD_WORDS, size_in_words
from tracker.web.imports.worker import see_to

_NAME = re.compile(r"[a-z0-9][a-z0-9 _-]*")


@allow(Permission.IMPORT)
def answer(upload_id: int) -> ResponseReturnValue:
    """Take the answers: look again at the file as it is read now, or try the import out."""
    begin_writing(db.session)
    one = queue.own(db.session, upload_id, current_user().id)
    if one.state is not UploadState.ASKING:
        raise ConflictError(f"{one.file_name} waits for no answers now. Look at where it stands.")
    form = _form(one)
    if not form.validate():
        return reading_page(one, form), 422
    if request.form.get("action") == "look":
        one.said = form.said().as_json()
        return _went_on(one, UploadState.LOOKING)
    try:
        mapping = _mapping(one, form)
        if form.save_as.data:
            _save(form.save_as.data, mapping, Look(**one.look))
    except InvalidValueError as error:
        form.form_errors.append(str(error))
        return reading_page(one, form), 422
    one.said = form.said().as_json()
    one.mapping = as_toml(mapping, _names(Look(**one.look)))
    return _went_on(one, UploadState.TRYING)


def reading_page(one: Upload, form: ReadingForm | None = None) -> str:
    """Render the questions about an upload, with the answers that there are."""
    form = form or _form(one)
    look = Look(**one.look)
    chosen = _chosen(look) if request.method == "POST" else meanings(look, _begun(one))
    return render_template(
        "imports/reading.html",
        upload=one,
        size=size_in_words(one.size),
        look=look,
        form=form,
        columns=columns_shown(look, chosen),
        fields=FIELD_WORDS,
    )


def _went_on(one: Upload, step: UploadState) -> ResponseReturnValue:
    queue.begin(one, step)
    db.session.commit()
    see_to(one)
    return redirect(url_for("imports.show", upload_id=one.id), 303)


def _form(one: Upload) -> ReadingForm:
    names = [(mapping.name, f"{mapping.name}, saved here") for mapping in saved_mappings(db.session)]
    names += [(mapping.name, mapping.label) for mapping in built_in()]
    return reading_form(said_of(one), _begun(one), names)


def _begun(one: Upload) -> Mapping:
    return parse(one.mapping, one.file_name) if one.mapping else Mapping(name="proposed")


def _chosen(look: Look) -> list[str]:
    """Answer what is sent for each column; anything else than a field is left out."""
    sent = [request.form.get(column_name(at), "") for at in range(len(look.keys))]
    return [field if field in FIELDS else "" for field in sent]


def _mapping(one: Upload, form: ReadingForm) -> Mapping:
    look = Look(**one.look)
    if not look.keys:
        raise InvalidValueError("The file cannot be read yet. Choose its letters above, then look again.")
    begun = _begun(one)
    return form.mapping(begun, columns_of(look, begun, _chosen(look)))


def _save(typed: str, mapping: Mapping, look: Look) -> None:
    """Keep a mapping under a name, to be taken unasked for files with the same columns."""
    name = " ".join(typed.casefold().split())
    if not _NAME.fullmatch(name):
        raise InvalidValueError(f"A mapping cannot be called {typed!r}. Write letters, digits and blanks.")
    if any(name == one.name for one in built_in()):
        raise InvalidValueError(f"{name!r} is a mapping that is built in. Choose another name.")
    used = {column for columns in mapping.found_in(tuple(look.keys)).values() for column in columns}
    kept = replace(
        mapping, name=name, label=name, recognised_by=tuple(key for key in look.keys if key in used)
    )
    row = db.session.scalar(select(SavedMapping).where(SavedMapping.name == name))
    if row is None:
        row = SavedMapping(name=name, owner_id=current_user().id, toml="")
        db.session.add(row)
    elif row.owner_id != current_user().id:
        raise InvalidValueError(f"Somebody else has saved a mapping {name!r}. Choose another name.")
    row.toml, row.saved_at = as_toml(kept, _names(look)), now()


def _names(look: Look) -> dict[str, str]:
    return dict(zip(look.keys, look.header, strict=False))
