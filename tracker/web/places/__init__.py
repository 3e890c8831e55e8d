"""Pages of places, and what may be told of a place."""
