"""Pages of people: profiles for everybody, accounts for admins."""
