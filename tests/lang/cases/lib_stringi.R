# stringi: strings searched, cut, padded and changed
library(stringi)
x <- c("abc123", "Hello World", NA, "", "a.b.c")
stri_length(x); stri_length(c("\u00e9a", "x")); stri_numbytes("\u00e9"); stri_isempty(x)
stri_reverse(x)
stri_trans_tolower(x); stri_trans_toupper(x); stri_trans_totitle("hello big world")
stri_pad("7", 3, pad = "0"); stri_pad_left(c("a", "bb"), 4); stri_pad_right("a", 3, pad = "-"); stri_pad_both("ab", 6, pad = "*"); stri_pad("x", 4, side = "right")
stri_replace_all("a-b-c", "+", fixed = "-"); stri_replace_all_regex(x, "[0-9]+", "#"); stri_replace_all_fixed(x, ".", "_")
stri_replace_all_regex("John Smith", "(\\w+) (\\w+)", "$2 $1"); stri_replace_first_regex("aaa", "a", "b"); stri_replace_first_fixed("a.b.c", ".", "")
stri_replace_all_fixed("the cat", c("the", "cat"), c("a", "dog"), vectorize_all = FALSE)
stri_detect_regex(x, "^[a-z]+"); stri_detect_fixed(x, "o W"); stri_detect(x, regex = "[0-9]"); stri_count_regex(x, "[a-z]"); stri_count_fixed("banana", "an"); stri_count_words("one two, three")
stri_extract_first_regex(x, "[0-9]+"); stri_extract_all_regex(c("a1b22", "x"), "[0-9]+"); stri_extract_all_words("Hi there, you")
stri_split_fixed("a,b,,c", ","); stri_split_regex("a1b2c", "[0-9]"); stri_split_fixed("a,b,,c", ",", omit_empty = TRUE); stri_split_fixed(c("a b", "c"), " ", simplify = TRUE)
stri_split_lines("a\nb")
stri_sub("abcdef", 2, 4); stri_sub("abcdef", -3); stri_sub("abcdef", 2, length = 2)
y <- "abcdef"
stri_sub(y, 1, 2) <- "ZZ"
y
stri_dup("ab", 3); stri_c("a", 1:2, sep = "-"); stri_paste("a", "b"); stri_join(c("a", "b"), collapse = "+"); stri_flatten(c("a", "b", "c"), collapse = ", "); "a" %s+% "b"
stri_trim("  a b "); stri_trim_left("  a "); stri_trim_right(" a  "); stri_trim_both(c(" x", "y "))
stri_startswith_fixed(x, "a"); stri_endswith_fixed("abc", "bc")
stri_locate_first_fixed("banana", "an"); stri_locate_all_regex("banana", "a")
stri_match_first_regex("key=val", "(\\w+)=(\\w+)")
stri_trans_general("caf\u00e9", "Latin-ASCII")
stri_sort(c("b", "a")); stri_order(c("b", "a")); stri_unique(c("a", "a"))
stri_escape_unicode("a\u00e9")
