"""The `linli` command: parse arguments, call one service, print. Assembly only."""
