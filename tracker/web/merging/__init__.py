"""Merging rows of the record: likely pairs, what a merge would change, doing it and taking it back."""
