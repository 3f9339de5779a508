"""The edges of exchange: files that other offices send."""
