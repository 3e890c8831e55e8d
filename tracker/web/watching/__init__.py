"""Watching films and places: the list, the feed, the mails."""
