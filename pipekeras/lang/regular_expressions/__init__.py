"""R's regular expressions: POSIX's as TRE reads them, Perl's, and plain ones by the quicker engine."""
