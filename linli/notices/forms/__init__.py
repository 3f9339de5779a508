"""What people type about notices."""
