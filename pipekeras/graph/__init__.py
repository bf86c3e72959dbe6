"""Symbolic tensors and the graph of operations between them. Knows neither torch nor R."""
