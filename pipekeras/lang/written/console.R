# Progress bars on the terminal, and the size of objects as text.

txtProgressBar <- function(min = 0, max = 1, initial = 0, char = "=", width = NA, title, label, style = 1, file = "") {
  if (max <= min) stop("must have 'max' > 'min'")
  if (!style %in% 1:3) style <- 1
  state <- initial
  shown <- 0L
  closed <- FALSE
  room <- if (is.na(width)) trunc((getOption("width") - if (style == 3) 10L else 0L) / nchar(char)) else width
  last <- -1L
  write <- function(...) cat(..., sep = "", file = file)
  draw <- function(value) {
    if (!is.finite(value) || value < min || value > max) return(invisible())
    state <<- value
    done <- round(room * (value - min) / (max - min))
    if (style == 3) {
      percent <- round(100 * (value - min) / (max - min))
      if (done == shown && percent == last) return(invisible())
      write("\r  |", strrep(" ", nchar(char) * room + 6L), "\r  |")
      write(strrep(char, done), strrep(" ", nchar(char) * (room - done)), sprintf("| %3d%%", percent))
      last <<- percent
    } else if (done > shown) {
      write(if (style == 2) paste0("\r", strrep(char, done)) else strrep(char, done - shown))
    } else if (done < shown) {
      write("\r", strrep(" ", nchar(char) * shown), "\r", strrep(char, done))
    }
    shown <<- done
    invisible()
  }
  up <- function(value) {
    before <- state
    draw(value)
    invisible(before)
  }
  kill <- function() {
    if (!closed) write("\n")
    closed <<- TRUE
    invisible()
  }
  draw(initial)
  structure(list(getVal = function() state, up = up, kill = kill), class = "txtProgressBar")
}

setTxtProgressBar <- function(pb, value, title = NULL, label = NULL) pb$up(value)

getTxtProgressBar <- function(pb) pb$getVal()

close.txtProgressBar <- function(con, ...) con$kill()

flush.console <- function() invisible()
