"""Our database engine: PostgreSQL that is told in each transaction who is looking."""
