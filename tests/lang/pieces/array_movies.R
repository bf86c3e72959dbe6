# Modelled on vignettes/examples/conv_lstm.R (v2.16.1): frames of moving squares with noise
generate_movies <- function(n_samples = 2, n_frames = 3, size = 8){
  noisy <- array(0, dim = c(n_samples, n_frames, size, size))
  for(s in 1:n_samples){
    for(i in 1:2){
      xstart <- sample(3:5, 1)
      ystart <- sample(3:5, 1)
      directionx <- sample(-1:1, 1)
      directiony <- sample(-1:1, 1)
      w <- sample(0:1, 1)
      x_shift <- xstart + directionx*(0:(n_frames))
      y_shift <- ystart + directiony*(0:(n_frames))
      for(t in 1:n_frames){
        square_x <- pmin(pmax((x_shift[t] - w):(x_shift[t] + w), 1), size)
        square_y <- pmin(pmax((y_shift[t] - w):(y_shift[t] + w), 1), size)
        noisy[s, t, square_x, square_y] <-
          noisy[s, t, square_x, square_y] + 1
        if(runif(1) > 0.5){
          noise_f <- sample(c(-1, 1), 1)
          noisy[s, t, square_x, square_y] <-
            noisy[s, t, square_x, square_y] + noise_f*0.1
        }
      }
    }
  }
  noisy <- noisy[,,2:7, 2:7]
  noisy[noisy > 1] <- 1
  noisy
}
set.seed(123)
movies <- generate_movies()
dim(movies)
movies[1, 1, , ]
apply(movies, c(1, 2), sum)
table(movies)
which <- 2
track <- movies[which, 1:2, , ]
track <- array(track, c(1, 2, 6, 6, 1))
track <- abind::abind(track, array(movies[which, 3, , ], c(1, 1, 6, 6, 1)), along = 2)
dim(track)
