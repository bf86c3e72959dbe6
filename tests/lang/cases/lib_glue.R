# glue
library(glue)
name <- "Fred"; age <- 50
glue("My name is {name}, next year {age + 1}.")
glue("a", "b {name}", .sep = "-")
glue("{x} of {n}", x = 1:3, n = 3)
class(glue("x"))
as.character(glue("{name}"))
glue("{{literal}} {name}")
glue_data(list(a = 1, b = "z"), "{a}-{b}")
glue_data(head(mtcars, 2), "{rownames(head(mtcars,2))} has {cyl}")
glue_collapse(1:4, ", ", last = " and ")
glue("
  one
    two {name}
")
glue("<<name>> {x}", .open = "<<", .close = ">>")
glue("{NA}"); glue("a{NULL}b"); glue("v {x}", x = c(1.5, NA), .na = "none")
paste0(glue("{name}"), "!")
cat(glue("cat {name}"), "\n")
f <- function(z) glue("in {z}"); f("f")
glue("{ifelse(age > 40, 'old', \"young\")}")
x <- glue("val: {format(3.14159, digits = 3)}"); x; nchar(x); x == "val: 3.14"
message(glue("msg"))
glue("{c('a','b')}") 
