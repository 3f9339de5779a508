"""Reads of the trail: its chain, what an actor may see of it, and how far sealing is behind."""
