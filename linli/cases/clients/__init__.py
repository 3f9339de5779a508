"""What the package brings along for cases."""
