"""Carrying an import out: resolving places, writing batches, resuming, undoing."""
