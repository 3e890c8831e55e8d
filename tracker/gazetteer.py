"""The offline gazetteer, opened once per process and shared by all requests."""

from __future__ import annotations

import threading

import structlog
from flask import current_app

from tracker.foundation.errors import DataFileError
from tracker.geocoding import Gazetteer, open_gazetteer

_log = structlog.get_logger("tracker.web")
_opening = threading.Lock()
_KEY = "shot_here_gazetteer"


def gazetteer() -> Gazetteer | None:
    """Answer the gazetteer; None while there is none, so that forms go on working without candidates.

    A failure is not remembered: a gazetteer that is built later is found without a restart.
    """
    opened: Gazetteer | None = current_app.extensions.get(_KEY)
    if opened is not None:
        return opened
    with _opening:
        opened = current_app.extensions.get(_KEY)
        if opened is None:
            try:
                opened = open_gazetteer(current_app.config["GAZETTEER_PATH"])
            except DataFileError as error:
                _log.warning("gazetteer missing", reason=str(error))
                return None
            current_app.extensions[_KEY] = opened
    return opened
