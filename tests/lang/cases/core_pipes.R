# the native pipe
c(1, 4, 9) |> sqrt() |> sum()
sq <- function(x) x^2
4 |> sq()
mtcars2 <- list(a = 1:3); mtcars2 |> with(a * 2)
quote(x |> f(y))
c(1, 2) |> (\(v) v + 1)()
4 |> sum(10, y = _)
