"""What stands around every request: once only, and in line where all come at once."""
