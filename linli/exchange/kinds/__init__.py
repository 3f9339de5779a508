"""What exchange brings to others: its long jobs, and what a case sheet shows of the hotline."""

from linli.exchange.kinds.jobs import CHECK, RESULTS, TAKE

__all__ = ["CHECK", "RESULTS", "TAKE"]
