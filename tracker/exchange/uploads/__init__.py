"""Files brought through a page: kept for a while, asked about, imported in the background."""
