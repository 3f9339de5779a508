"""Decisions about papers and their seals as functions of plain values."""
