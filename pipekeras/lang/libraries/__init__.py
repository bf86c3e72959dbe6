"""R packages that scripts load, one file a package, in Python or in R; a file is imported when its package is first used."""
