"""Editing rows of the record from the pages: a form, and three columns where two people edited at once."""
