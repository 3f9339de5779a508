"""The PostgreSQL that comes along: found in a wheel, made, started, watched and stopped by us."""
