"""Decisions about notices as functions of plain values."""
