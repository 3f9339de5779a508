"""Pages on organisations, posts, centres and Party organisations."""
