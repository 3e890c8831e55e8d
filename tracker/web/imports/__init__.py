"""Importing files through pages, for moderators."""
