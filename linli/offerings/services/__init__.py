"""What happens with what centres offer."""
