"""Photos: their pages, files, forms, and the start of a sighting from one."""
