"""Pages of documents: the register, the seal book, and the public check."""
