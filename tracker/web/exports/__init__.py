"""Downloads and feeds of every view."""
