"""Reads of what centres offer."""
