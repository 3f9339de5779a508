"""Decisions of exchange as functions of plain values."""
