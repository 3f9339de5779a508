"""What happens in activities, one function each."""
