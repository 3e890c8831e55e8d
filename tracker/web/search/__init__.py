"""Searching for productions and places."""
