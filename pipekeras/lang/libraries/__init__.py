"""R packages that scripts load, one file a package, in Python or R, read when the package is first used."""
