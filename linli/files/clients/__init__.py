"""The decoders: what is behind a signature is decided by reading it whole."""
