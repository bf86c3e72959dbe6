"""Base functions written in R, which `builtins/written.py` declares: a file a subject."""
