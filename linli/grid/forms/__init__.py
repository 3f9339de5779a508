"""What people type about the grid."""
