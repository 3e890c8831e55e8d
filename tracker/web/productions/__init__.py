"""Pages of productions: the list, the film with its route, and the route as data."""
