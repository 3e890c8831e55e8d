"""Watching productions and places: what happens to them comes by a private feed or by mail."""
