"""One folder an outside party: how it is called, what it calls back with, its codes → ours, and the schema of its settings."""
