"""R packages that scripts load, one file a package; a file is imported when its package is first used."""
