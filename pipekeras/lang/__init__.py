"""The R language: values, evaluation, dispatch, conditions, printing, base functions. Knows no layers."""
