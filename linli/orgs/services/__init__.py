"""Writes of orgs: what happens to organisations, posts, centres and Party numbers."""
