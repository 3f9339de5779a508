"""Pages of formkit: building forms, and filling one in to try it."""
