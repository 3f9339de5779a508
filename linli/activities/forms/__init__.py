"""What people type on pages of activities."""
