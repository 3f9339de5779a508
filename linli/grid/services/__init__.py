"""Writes of the grid."""
