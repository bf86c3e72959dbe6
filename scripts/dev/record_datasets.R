# Writes R's iris and mtcars: Rscript scripts/dev/record_datasets.R pipekeras/data
folder <- commandArgs(TRUE)[1]
write.csv(iris, file.path(folder, "iris.csv"), row.names = FALSE)
write.csv(mtcars, file.path(folder, "mtcars.csv"))
