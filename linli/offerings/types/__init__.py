"""Shapes of what centres offer, for other apps."""
