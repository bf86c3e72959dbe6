"""Layers: each one declared once as a torch module whose annotated fields are its interface."""
