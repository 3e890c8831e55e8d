"""Mappings: how the columns of a kind of file are to be read. One TOML file each."""
