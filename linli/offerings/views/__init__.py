"""Pages of offerings; one module for each part, or several."""
