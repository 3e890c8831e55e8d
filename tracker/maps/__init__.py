"""Map shells, the same for every film; the only room that imports folium."""
