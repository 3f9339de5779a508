"""Parse and clean what people typed about organisations."""
