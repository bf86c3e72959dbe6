# fs
library(fs)
d <- file_temp("zz"); dir_create(d); invisible(dir_exists(d)); x <- path(d, "a", "b.txt"); path_file(x); path_ext(x); path_ext_remove("a/b.tar.gz"); path_ext_set("a.txt", "csv")
path("a", "b", ext = "txt"); path("a", c("x","y")); path_dir("a/b/c.txt"); path_split("a/b/c")
dir_create(path(d, "a")); file_create(path(d, "a", "q.txt")); unname(file_exists(path(d, "nope")))
unname(dir_exists(d)); path_file(dir_ls(d)); path_file(dir_ls(d, recurse = TRUE)); path_file(dir_ls(d, recurse = TRUE, glob = "*.txt"))
file_copy(path(d,"a","q.txt"), path(d, "c.txt")); file_move(path(d,"c.txt"), path(d,"e.txt")); path_file(dir_ls(d, type = "file"))
file_delete(path(d, "e.txt")); path_file(dir_ls(d)); unname(is_dir(d)); unname(is_file(d)); names(is_dir('.')); path_abs("x") == path(getwd(), "x"); path_rel("/a/b/c", "/a"); path_norm("a/../b"); class(path("a"))
c(path("a"), "b"); paste0(path("a"), "b"); print(path("a","b")); dir_delete(d); unname(dir_exists(d)); path_join(c("a","b")); path_has_parent("a/b","a")
