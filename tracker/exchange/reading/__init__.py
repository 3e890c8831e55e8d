"""Reading files as they come: encodings, delimiters, headers, dates, coordinates, HTML."""
