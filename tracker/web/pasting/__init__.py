"""From a pasted text to entries: what the text says, marked in it, and the form that it fills."""
