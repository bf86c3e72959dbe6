"""Work on vectors: operators, subscripts, joining, conversion, order, sameness."""
