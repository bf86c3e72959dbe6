"""R code running: trees compiled to closures, calls matched to functions, assignments, pipes."""
