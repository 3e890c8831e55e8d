"""Notes of people without an account: left, followed by a secret link, made sightings by contributors."""
