"""What offerings keep sealed, and the papers and pages that they print."""
