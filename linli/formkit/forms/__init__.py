"""What designers type, and what a page of a form sends."""
