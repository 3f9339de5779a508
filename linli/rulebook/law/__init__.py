"""National and provincial law as files: YAML in OpenFisca's shape, read once and checked."""
