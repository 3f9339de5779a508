"""What the law and the agreed procedure say of cases, without a table."""
