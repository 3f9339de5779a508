"""Pages of plan."""
