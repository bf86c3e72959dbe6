"""What linear models are made of: formulas, design matrices, least squares, tables of coefficients."""
