# Modelled on vignettes/examples/fine_tuning.R (v2.16.1): images spread over folders
set.seed(5)
base_dir <- file.path(tempdir(), "data-raw", "PetImages")
for (d in c("Cat", "Dog")) dir.create(file.path(base_dir, d), recursive = TRUE, showWarnings = FALSE)
invisible(file.create(file.path(base_dir, rep(c("Cat", "Dog"), each = 4), sprintf("%d.jpg", 1:4))))
all_imgs <- list.files(base_dir, pattern = "\\.jpg$", recursive = TRUE)
all_imgs
training_imgs <- sample(all_imgs, size = length(all_imgs)/2)
validation_imgs <- sample(all_imgs[!all_imgs %in% training_imgs], size = length(all_imgs)/4)
testing_imgs <- all_imgs[!all_imgs %in% c(training_imgs, validation_imgs)]
training_imgs; validation_imgs; testing_imgs
new_path <- gsub("data-raw/PetImages", "data/train", file.path("data-raw/PetImages", training_imgs))
new_path
gsub("(Dog|Cat)/", "data/test/images/\\1", testing_imgs)
out_dir <- file.path(tempdir(), "data", "train", c("Cat", "Dog"))
sapply(out_dir, dir.create, recursive = TRUE) |> unname()
ok <- file.copy(file.path(base_dir, training_imgs), file.path(tempdir(), "data", "train", training_imgs))
all(ok)
sort(list.files(file.path(tempdir(), "data"), recursive = TRUE)) == sort(file.path("train", training_imgs))
class_of <- dirname(training_imgs)
table(class_of)
labels <- as.integer(class_of == "Dog")
labels
fnames <- paste0("cat.", 1:3, ".jpg")
file.path("original", fnames)
unlist(lapply(strsplit(fnames, ".", fixed = TRUE), `[`, 2))
step <- ceiling(length(all_imgs) / 3); step
split(all_imgs, rep(1:2, each = 4))[[2]]
setdiff(all_imgs, training_imgs) |> length()
vapply(all_imgs[1:2], nchar, 1L)
tools::file_path_sans_ext(basename(all_imgs[1:2]))
unlink(file.path(tempdir(), c("data", "data-raw")), recursive = TRUE)
dir.exists(base_dir)
