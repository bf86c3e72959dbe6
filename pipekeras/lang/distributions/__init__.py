"""Densities, tails and quantiles of distributions to full precision."""
