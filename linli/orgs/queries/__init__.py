"""Reads of orgs that other apps and pages may use."""
