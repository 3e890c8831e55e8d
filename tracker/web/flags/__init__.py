"""Flags on pages: raised by anybody, looked at by moderators."""
