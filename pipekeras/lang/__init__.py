"""The R language: values, evaluation, dispatch, conditions, printing and the base functions. Knows no layers."""
