"""Measurements of what people wait for, as JSON; run one with `python -m benchmarks.NAME`."""
