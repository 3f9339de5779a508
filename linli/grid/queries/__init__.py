"""Reads of the grid."""
