"""Filming that nobody has named yet: on the map, as a list, and saying which film it was."""
