"""What crosses the edge of activities, one file for each part."""
