"""What the grid keeps sealed."""
