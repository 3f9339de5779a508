"""What is decided of activities, as plain functions."""
