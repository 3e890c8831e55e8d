"""Requests for removal: asked by anybody, followed by a secret link, decided on a desk of their own."""
