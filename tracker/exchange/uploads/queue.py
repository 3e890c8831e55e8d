"""The steps of an upload: who may take it on, how far it has come, and what comes next.

Workers may be threads of several processes or a command. One claims a step by being the first to give a sign
of life for it; a step whose worker has fallen silent can be claimed again and goes on where it stopped.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import CursorResult, or_, select, update
from sqlalchemy.orm import Session

from tracker.exchange.models import ImportRun
from tracker.exchange.uploads.models import AT_WORK, Upload, UploadState
from tracker.exchange.uploads.saying import Said
from tracker.foundation.clock import now
from tracker.foundation.errors import ConflictError, NotFoundError

SILENT = timedelta(seconds=60)
# Where each step may begin.
_FROM = {
    UploadState.LOOKING: {UploadState.ASKING, UploadState.TRIED},
    UploadState.TRYING: {UploadState.ASKING, UploadState.TRIED},
    UploadState.WRITING: {UploadState.TRIED},
    UploadState.UNDOING: {UploadState.DONE, UploadState.TRIED},
}
# Where a step that its owner stops, or that cannot be done, leaves the upload.
BACK = {
    UploadState.LOOKING: UploadState.ASKING,
    UploadState.TRYING: UploadState.ASKING,
    UploadState.WRITING: UploadState.TRIED,
    UploadState.UNDOING: UploadState.DONE,
}


class StoppedError(Exception):
    """When the owner has stopped what a worker is at."""


def add(session: Session, *, owner_id: int, file_name: str, folder: str, size: int) -> Upload:
    """Put an uploaded file on record; the first step is to look at it."""
    upload = Upload(
        owner_id=owner_id,
        file_name=file_name,
        folder=folder,
        size=size,
        look={},
        said=Said().as_json(),
        picks={},
        report={},
    )
    session.add(upload)
    session.flush()
    return upload


def own(session: Session, upload_id: int, owner_id: int) -> Upload:
    """Answer an upload of somebody's own. Raises NotFoundError for anybody else's."""
    upload = session.get(Upload, upload_id)
    if upload is None or upload.owner_id != owner_id:
        raise NotFoundError("There is no such upload of yours. Your own are in the list of imports.")
    return upload


def begin(upload: Upload, step: UploadState) -> None:
    """Say what is to be done next. Raises ConflictError where the upload does not stand there."""
    if upload.state not in _FROM[step]:
        raise ConflictError(
            f"{upload.file_name} {upload.state.words} now. Look at its page, then go on from there."
        )
    if step is UploadState.UNDOING and upload.run_id is None:
        raise ConflictError(f"Nothing of {upload.file_name} was written, so there is nothing to take back.")
    upload.state, upload.problem = step, ""
    upload.beat_at = upload.step_at = None
    upload.step, upload.done, upload.begun, upload.total = "", 0, 0, 0


def upload_for_undo(session: Session, run: ImportRun, *, owner_id: int) -> Upload:
    """Answer the upload by which a run is taken back; a run without one of its owner's gets one."""
    found = session.scalar(
        select(Upload).where(Upload.run_id == run.id, Upload.owner_id == owner_id).order_by(Upload.id.desc())
    )
    if found is None:
        found = add(session, owner_id=owner_id, file_name=run.file_name, folder="", size=0)
        found.run_id, found.state = run.id, UploadState.DONE
    return found


def stop(upload: Upload) -> None:
    """Stop the step that is going on; its worker notices at its next sign of life."""
    if upload.state in AT_WORK:
        upload.state, upload.beat_at = BACK[upload.state], None
        upload.problem = "Stopped. What was done so far is kept; go on whenever you like."


def is_silent(upload: Upload) -> bool:
    """Tell whether nobody has been at a step for a while although it is to be done."""
    last = upload.beat_at
    return upload.state in AT_WORK and last is not None and now() - last > SILENT


def waiting(session: Session) -> list[int]:
    """Answer the uploads with a step that nobody is at, oldest first."""
    free = or_(Upload.beat_at.is_(None), Upload.beat_at < now() - SILENT)
    return list(session.scalars(select(Upload.id).where(Upload.state.in_(AT_WORK), free).order_by(Upload.id)))


def claim(session: Session, upload_id: int) -> UploadState | None:
    """Take the present step on; None if there is none or somebody else is at it. The caller commits."""
    free = or_(Upload.beat_at.is_(None), Upload.beat_at < now() - SILENT)
    taken = update(Upload).where(Upload.id == upload_id, Upload.state.in_(AT_WORK), free)
    return session.execute(taken.values(beat_at=now()).returning(Upload.state)).scalar_one_or_none()


def beat(session: Session, upload_id: int, step: UploadState, /, **values: Any) -> None:
    """Give a sign of life, with what there is to tell. Raises StoppedError. The caller commits."""
    living = update(Upload).where(Upload.id == upload_id, Upload.state == step)
    result = session.execute(living.values(beat_at=now(), **values))
    if isinstance(result, CursorResult) and result.rowcount == 0:
        raise StoppedError


def conclude(session: Session, upload_id: int, step: UploadState, to: UploadState, /, **values: Any) -> None:
    """Say that a step is over, unless its owner stopped it. The caller commits."""
    over = update(Upload).where(Upload.id == upload_id, Upload.state == step)
    session.execute(over.values(state=to, beat_at=None, **values))
