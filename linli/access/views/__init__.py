"""Pages of access, by what people come for."""
