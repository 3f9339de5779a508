"""The edge to the typesetting program."""
