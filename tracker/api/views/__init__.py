"""The endpoints, by what they are about. Each takes what was asked as a model and answers a shape."""
