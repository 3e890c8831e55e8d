"""Take any view of the record with you: one file per format, all written from the same public rows."""
