"""The online step: ask a provider politely, remember what it says, and say plainly when it says nothing.

The network is touched outside of any transaction, by one request at a time for all workers together.
"""

from __future__ import annotations

import http.client
import inspect
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import structlog
from geopy.exc import (  # type: ignore[import-untyped]
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
    GeocoderTimedOut,
    GeopyError,
)
from geopy.location import Location  # type: ignore[import-untyped]
from sqlalchemy.orm import Session

from tracker.foundation.clock import now
from tracker.foundation.database import writing
from tracker.foundation.errors import TrackerError
from tracker.geocoding.candidates import Candidate
from tracker.geocoding.locations import read_locations
from tracker.geocoding.memory import Question, Remembered, recall, remember, remember_failure
from tracker.geocoding.models import AnswerState
from tracker.geocoding.providers import Provider, geopy_geocoder
from tracker.geocoding.turns import end_failed_turn, end_turn, take_turn

_log = structlog.get_logger("tracker.geocoding")
_MOST_CANDIDATES = 8
_PATIENCE_SECONDS = 20.0


class OnlineError(TrackerError):
    """When a provider gave no answer; the message says why and what is being done about it.

    `is_outage` says that asking something else now would fail as well; `rest_seconds` is what the provider
    asked to be left alone for.
    """

    def __init__(self, message: str, *, is_outage: bool = True, rest_seconds: float | None = None) -> None:
        super().__init__(message)
        self.is_outage = is_outage
        self.rest_seconds = rest_seconds


class OnlineGeocoder:
    """One provider with its memory and its turns. Share one instance between threads.

    `sessions` opens a new session on the database; each is closed again before the network is touched.
    """

    def __init__(self, provider: Provider, sessions: Callable[[], Session]) -> None:
        self.provider = provider
        self._sessions = sessions
        self._geocoder = geopy_geocoder(provider)
        self._takes = frozenset(inspect.signature(self._geocoder.geocode).parameters)

    @property
    def name(self) -> str:
        return self.provider.name

    def recall(self, question: Question) -> Remembered | None:
        """Answer what is remembered; nothing is asked."""
        with self._sessions() as session:
            return recall(session, self.provider.id, question)

    def ask(self, question: Question) -> Remembered:
        """Answer from memory, else from the provider; a failure is an answer too, with a note that says why.

        Takes as long as the turns and the timeout take: never call it where a page waits.
        """
        with self._sessions() as session:
            known = recall(session, self.provider.id, question)
        if known is not None and known.is_answer:
            return known
        try:
            candidates = self._ask(question)
        except OnlineError as error:
            with self._sessions() as session, writing(session):
                remember_failure(session, self.provider.id, question, str(error))
            return Remembered(AnswerState.FAILED, note=str(error))
        return Remembered(AnswerState.FOUND if candidates else AnswerState.NOTHING, tuple(candidates))

    def _ask(self, question: Question) -> list[Candidate]:
        self._wait_for_turn()
        sent_at = now()
        next_at = sent_at + timedelta(seconds=self.provider.seconds_apart)
        try:
            with _failures_in_words(self.provider):
                candidates = self._request(question)
        except OnlineError as error:
            self._end(next_at, error)
            raise
        with self._sessions() as session, writing(session):
            end_turn(session, self.provider.id, next_at=next_at)
            remember(session, self.provider.id, question, candidates, licence=self.provider.licence)
        return candidates

    def _end(self, next_at: datetime, error: OnlineError) -> None:
        _log.warning("online geocoder", provider=self.provider.id, reason=str(error))
        with self._sessions() as session, writing(session):
            if error.is_outage:
                end_failed_turn(
                    session,
                    self.provider.id,
                    next_at=next_at,
                    reason=str(error),
                    rest_seconds=error.rest_seconds,
                )
            else:
                end_turn(session, self.provider.id, next_at=next_at)

    def _wait_for_turn(self) -> None:
        """Take the provider for this request. Raises OnlineError while it rests or too many are waiting."""
        lease = self.provider.timeout_seconds + self.provider.seconds_apart + 1.0
        deadline = time.monotonic() + _PATIENCE_SECONDS + lease
        while True:
            with self._sessions() as session, writing(session):
                turn = take_turn(session, self.provider.id, lease_seconds=lease)
            if turn.taken:
                return
            if turn.resting_until is not None:
                raise OnlineError(
                    f"{turn.reason}; it is asked again after {turn.resting_until:%H:%M:%S} UTC",
                    is_outage=False,
                )
            if time.monotonic() + turn.seconds > deadline:
                raise OnlineError(f"{self.name} has too many questions waiting; try again", is_outage=False)
            time.sleep(min(turn.seconds, 0.5))

    def _request(self, question: Question) -> list[Candidate]:
        text = ", ".join(part for part in (question.text, question.context) if part)
        options: dict[str, Any] = {
            "exactly_one": False,
            "limit": _MOST_CANDIDATES,
            "addressdetails": True,
            "timeout": self.provider.timeout_seconds,
        }
        if "addressdetails" in self._takes:
            # Nominatim and its kin. The gazetteer writes names in English too, where there are such.
            options["language"] = "en"
            if question.country:
                options["country_codes"] = question.country.lower()
        found: list[Location] | None = self._geocoder.geocode(
            text, **{name: value for name, value in options.items() if name in self._takes}
        )
        return read_locations(found or (), provider=self.name, licence=self.provider.licence)


@contextmanager
def _failures_in_words(provider: Provider) -> Iterator[None]:
    """Turn whatever goes wrong between here and the provider into one sentence."""
    name = provider.name
    try:
        yield
    except GeocoderTimedOut as error:
        raise OnlineError(
            f"{name} is not reachable (timeout after {provider.timeout_seconds:g} s)"
        ) from error
    except GeocoderRateLimited as error:
        raise OnlineError(
            f"{name} asks to be left alone (too many requests)", rest_seconds=error.retry_after
        ) from error
    except GeocoderQuotaExceeded as error:
        raise OnlineError(f"{name} answers no more today (quota used up)") from error
    except (GeocoderAuthenticationFailure, GeocoderInsufficientPrivileges) as error:
        raise OnlineError(f"{name} refuses us; check GEOCODER_KEY and GEOCODER_USER_AGENT") from error
    except GeocoderQueryError as error:
        raise OnlineError(f"{name} did not understand the question", is_outage=False) from error
    except GeocoderParseError as error:
        raise OnlineError(f"{name} answered something that is no answer") from error
    except TimeoutError as error:
        raise OnlineError(
            f"{name} is not reachable (timeout after {provider.timeout_seconds:g} s)"
        ) from error
    except (GeopyError, OSError, http.client.HTTPException) as error:
        status = getattr(error.__cause__, "status_code", None)
        problem = f"answers with an error ({status})" if status else "is not reachable"
        raise OnlineError(f"{name} {problem}") from error
    except (TrackerError, ValueError, TypeError, AttributeError, LookupError) as error:
        raise OnlineError(f"{name} answered something that is no answer") from error
