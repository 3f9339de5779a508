"""How values of activities lie in tables."""
