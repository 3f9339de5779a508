"""How a move is decided, chained and written; services and jobs call it, nobody else."""
