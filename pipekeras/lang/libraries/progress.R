# progress: progress bars. They show on a terminal only; a script that is not at a prompt prints none.

progress_bar <- list(new = function(format = "[:bar] :percent", total = 100, width = getOption("width") - 2L, complete = "=",
                                    incomplete = "-", current = ">", callback = invisible, clear = TRUE, show_after = 0.2,
                                    force = FALSE, stream = NULL, message_class = "") {
  self <- new.env()
  class(self) <- c("progress_bar", "R6")
  self$finished <- FALSE
  done <- 0
  self$tick <- function(len = 1, tokens = list()) {
    stopifnot(!self$finished || force)
    done <<- done + len
    if (!is.na(total) && done >= total) {
      self$finished <- TRUE
      callback(self)
    }
    invisible(self)
  }
  self$update <- function(ratio, tokens = list()) {
    done <<- ratio * total
    if (ratio >= 1) self$finished <- TRUE
    invisible(self)
  }
  self$message <- function(msg, set_width = TRUE) {
    base::message(msg)
    invisible(self)
  }
  self$terminate <- function() {
    self$finished <- TRUE
    invisible(self)
  }
  self
})
