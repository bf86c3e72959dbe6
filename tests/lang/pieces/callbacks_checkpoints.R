# Modelled on vignettes-src/training_with_built_in_methods.Rmd (v1.5.1): the best checkpoint found by its file name
checkpoint_dir <- tempfile("ckpt")
dir.create(checkpoint_dir)
for (loss in c(0.52, 1.07, 0.31)) {
  file.create(file.path(checkpoint_dir, sprintf("model-loss=%.2f.keras", loss)))
}
file.create(file.path(checkpoint_dir, "weights.02-0.40.hdf5"))
checkpoints <- Sys.glob(file.path(checkpoint_dir, "model-loss=*.keras"))
basename(checkpoints)
checkpoint_losses <- sub("^model-loss=([0-9.]+)\\.keras$", "\\1",
                         basename(checkpoints)) |> as.numeric()
checkpoint_losses
best_checkpoint <- checkpoints[which.min(checkpoint_losses)]
basename(best_checkpoint)
make_or_restore_model <- function(dir) {
  found <- list.files(dir, pattern = "\\.keras$", full.names = TRUE)
  if (length(found) > 0) {
    message("restoring")
    basename(tail(sort(found), 1))
  } else "a new model"
}
make_or_restore_model(checkpoint_dir)
make_or_restore_model(tempdir())
m <- regmatches("weights.02-0.40.hdf5", regexec("weights\\.([0-9]+)-([0-9.]+)\\.hdf5", "weights.02-0.40.hdf5"))
m
as.integer(m[[1]][2]); as.numeric(m[[1]][3])
template <- "weights.{epoch:02d}-{val_loss:.2f}.hdf5"
fill <- gsub("{epoch:02d}", sprintf("%02d", 7L), template, fixed = TRUE)
sub("\\{val_loss:\\.2f\\}", format(round(0.4567, 2), nsmall = 2), fill)
file.info(best_checkpoint)$size
unlink(checkpoint_dir, recursive = TRUE)
file.exists(best_checkpoint)
