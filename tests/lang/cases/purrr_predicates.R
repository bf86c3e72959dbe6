# purrr exports rlang's predicates on types
library(purrr)
is_list(list(1))
is_character("a"); is_character(c("a", "b"), n = 1)
is_scalar_integer(1L); is_scalar_integer(1:2); is_scalar_double(2)
is_bare_numeric(1); is_bare_list(data.frame(a = 1)); is_null(NULL)
is_vector(mean); is_atomic(1:3); is_function(mean)
keep(list(1, "a", TRUE, NULL), is_scalar_atomic) %>% length()
