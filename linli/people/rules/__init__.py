"""Decisions about people as pure functions: no Django, no database, no clock."""
