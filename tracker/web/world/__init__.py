"""The home page and the world map."""
