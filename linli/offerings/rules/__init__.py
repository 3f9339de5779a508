"""What holds of what centres offer, as plain functions of values."""
