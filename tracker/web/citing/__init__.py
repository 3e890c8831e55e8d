"""Citing: sources for and against a shoot, and for an order."""
