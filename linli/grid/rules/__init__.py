"""Decisions of the grid, as functions of plain values."""
