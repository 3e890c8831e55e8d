"""One tree of errors. Each message says what is wrong, with which value, and what to do."""

from __future__ import annotations


class TrackerError(Exception):
    """Anything this application refuses on purpose; the message is fit to be shown to a person."""


class InvalidValueError(TrackerError):
    """When a value cannot mean what its place asks for (a date that does not exist, a latitude of 95)."""


class NotAllowedError(TrackerError):
    """When somebody asks for something that his role does not permit."""


class NotFoundError(TrackerError):
    """When a row that is asked for does not exist or may not be seen."""


class ConflictError(TrackerError):
    """When somebody else changed or decided the same row first."""


class ConfigurationError(TrackerError):
    """When a setting in the environment is missing or cannot be used."""


class DataFileError(TrackerError):
    """When a file that is read (an import, a gazetteer dump) is not what it should be."""
