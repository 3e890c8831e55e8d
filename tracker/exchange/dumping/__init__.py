"""The whole instance in and out, in open formats: dump, restore, backup, and the public's own dump."""
