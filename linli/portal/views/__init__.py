"""Pages that mix many apps."""
