"""What offerings keep sealed, and the papers that they print."""
