"""The form of a sighting, its reading, and a sighting's own page."""
