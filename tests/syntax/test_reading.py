"""Files as they come: byte order marks, line ends, wrong encodings, missing files, documents with chunks."""

import io
from types import SimpleNamespace

import pytest

from pipekeras.errors import Code, UserError
from pipekeras.syntax.chunks import extract
from pipekeras.syntax.parser import parse
from pipekeras.syntax.reading import read_source
from pipekeras.syntax.source import Source


def written(folder, data, name="s.R"):
    path = folder / name
    path.write_bytes(data)
    return str(path)


@pytest.mark.parametrize(
    "data",
    [
        b"x <- 1\ny <- 2\n",
        b"\xef\xbb\xbfx <- 1\ny <- 2\n",
        b"x <- 1\r\ny <- 2\r\n",
        b"x <- 1\ry <- 2\r",
        b"x <- 1\ny <- 2",
        b"x\t<-\t1\n\x0c\ny <- 2\n",
    ],
)
def test_harmless_differences_do_not_matter(tmp_path, data):
    assert len(parse(read_source(written(tmp_path, data)))) == 2


def test_an_empty_file_is_no_expressions(tmp_path):
    assert parse(read_source(written(tmp_path, b""))) == []


@pytest.mark.parametrize(
    ("data", "where", "words"),
    [
        (b"x <- 1\ny <- 'caf\xe9'\n", "2:10", "byte 0xE9"),
        (b"x <- '\xc0\xaf'\n", "1:7", "byte 0xC0"),
        (b"x <- 1\r\ny\0z\n", "2:2", "nul character"),
        ("x <- 1\n".encode("utf-16"), "1:1", "UTF-16"),
        ("x <- 1\n".encode("utf-16-le"), "1:2", "nul character"),
        ("x <- '\u202e'\n".encode(), "1:7", "U+202E RIGHT-TO-LEFT OVERRIDE"),
    ],
)
def test_what_is_no_utf8_text_is_refused_with_its_place(tmp_path, data, where, words):
    with pytest.raises(UserError) as caught:
        read_source(written(tmp_path, data))
    error = caught.value
    assert error.code is Code.ENCODING
    assert words in error.message and error.cause and error.cure
    assert error.span is not None and error.span.where().endswith(f"s.R:{where}")


def test_a_missing_file_names_its_twin(tmp_path):
    written(tmp_path, b"x", "Model.R")
    with pytest.raises(UserError, match="No such file or directory") as caught:
        read_source(str(tmp_path / "model.r"))
    assert caught.value.code is Code.FILE
    if (tmp_path / "model.r").exists():
        pytest.skip("the file system takes both names for one file")
    assert "Model.R" in (caught.value.cure or "")


def test_a_directory_is_no_file(tmp_path):
    with pytest.raises(UserError, match="is a directory") as caught:
        read_source(str(tmp_path))
    assert caught.value.code is Code.FILE


def test_a_dash_reads_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"x\r\ny")))
    source = read_source("-")
    assert (source.name, source.text) == ("<stdin>", "x\ny")


DOCUMENT = """\
---
title: a
---
```{r setup, include = FALSE}
a <- 1
```
Text with `r inline` code.
```{r, eval=FALSE}
b <- 2
```
```{r}
#| eval: false
c <- 3
```
```{python}
d = 4
```
```r
e <- 5
```
> ````{r named, fig.width = 7, eval = TRUE}
f <- 6
```
````
""".replace("f <- 6\n```\n````", "f <- 6\n````")


def names(document, **options):
    nodes = parse(extract(Source("d.Rmd", document), **options))
    return [node.args[0].value.name for node in nodes]


def test_chunks_run_unless_they_say_otherwise():
    assert names(DOCUMENT) == ["a", "f"]
    assert names(DOCUMENT, all_chunks=True) == ["a", "b", "c", "f"]


def test_the_setup_chunk_sets_the_default():
    document = "```{r}\nknitr::opts_chunk$set(comment = NA, eval = FALSE)\n```\n" + DOCUMENT
    nodes = parse(extract(Source("d.Rmd", document)))
    assert len(nodes) == 2  # the setting itself, and the chunk that says eval = TRUE
    assert len(parse(extract(Source("d.Rmd", document), all_chunks=True))) == 5


def test_places_are_those_of_the_document(tmp_path):
    path = written(tmp_path, b"text\n\n```{r}\nx <- 1\nf(a b)\n```\n", "d.Rmd")
    with pytest.raises(UserError) as caught:
        parse(read_source(path))
    assert caught.value.span is not None and caught.value.span.where().endswith("d.Rmd:5:5")
