"""Bars that the product promises to hold; `python -m benchmarks` measures those that are listed there."""
