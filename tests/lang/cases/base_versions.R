# version numbers as values
getRversion() >= "4.0.0"; class(getRversion()); getRversion()
x <- package_version(c("1.2-4", "1.2-3", "2.1")); x; x < "1.4-2.3"; x$major; x$minor; as.character(x); x[2]; length(x)
numeric_version("1.10") > numeric_version("1.9"); numeric_version("1.0") == "1.0"; is.numeric_version(x)
paste("R", getRversion()); if (getRversion() < "3.0") "old" else "new"
tryCatch(numeric_version("a.b"), error = function(e) cat(conditionMessage(e), "\n"))
packageVersion("base") >= "4.1"
