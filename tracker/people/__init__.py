"""People: what they contributed, what they take along, and what stays when they leave."""
