"""Training: compile, fit, evaluate, predict with losses, metrics and optimizers on torch."""
