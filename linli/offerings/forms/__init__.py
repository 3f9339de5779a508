"""What is typed in offerings; one module for each part."""
