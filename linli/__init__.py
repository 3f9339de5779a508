"""Linli 邻里: self-government and public service of a city, its towns, villages and communities."""

__version__ = "0.1.0"
