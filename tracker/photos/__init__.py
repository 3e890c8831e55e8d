"""Pictures as files: what a camera wrote into them, and what is published of them. No rows, no pages."""
