# jpeg, png, magick: pictures as arrays and back
library(png)
library(jpeg)
suppressMessages(library(magick))
x <- array(seq(0, 1, length.out = 24), c(2, 4, 3))
file <- tempfile(fileext = ".png")
writePNG(x, file)
y <- readPNG(file)
str(y)
all.equal(x, y, tolerance = 0.005)
str(readPNG(writePNG(matrix(c(0, 0.5, 1, 0.2), 2))))
dim(readPNG(writePNG(array(0.5, c(3, 2, 4)))))
tryCatch(readPNG("/nosuch.png"), error = function(e) cat(conditionMessage(e), "\n"))
hex <- paste0(
  "ffd8ffe000104a46494600010100000100010000ffdb0043000302020302020303030304030304050805050404050a070706",
  "080c0a0c0c0b0a0b0b0d0e12100d0e110e0b0b1016101113141515150c0f171816141812141514ffdb004301030404050405",
  "09050509140d0b0d141414141414141414141414141414141414141414141414141414141414141414141414141414141414",
  "1414141414141414ffc00011080010001003012200021101031101ffc4001f00000105010101010101000000000000000001",
  "02030405060708090a0bffc400b5100002010303020403050504040000017d01020300041105122131410613516107227114",
  "328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a434445464748494a53545556",
  "5758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5",
  "b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9faffc4001f010003",
  "0101010101010101010000000000000102030405060708090a0bffc400b51100020102040403040705040400010277000102",
  "031104052131061241510761711322328108144291a1b1c109233352f0156272d10a162434e125f11718191a262728292a35",
  "363738393a434445464748494a535455565758595a636465666768696a737475767778797a82838485868788898a92939495",
  "969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9ea",
  "f2f3f4f5f6f7f8f9faffda000c03010002110311003f00fce0f0b785bfb5767c99cfb57b0785be06ff006aecff0047ce7da8",
  "f81be16fed5fb3fc99ce3b57e847c0ef81dfdabf67ff0047ce71da803fffd9"
)
photo <- as.raw(strtoi(substring(hex, seq(1, nchar(hex), 2), seq(2, nchar(hex), 2)), 16L))
z <- readJPEG(photo)
dim(z)
range(z)
round(z[1:4, 1:4, 1], 3)
name <- tempfile(fileext = ".jpg")
writeBin(photo, name)
identical(readJPEG(name), z)
dim(readJPEG(writeJPEG(matrix(0.5, 8, 4))))
tryCatch(readJPEG("/nosuch.jpg"), error = function(e) cat(conditionMessage(e), "\n"))

img <- image_read(file)
img
class(img)
length(img)
info <- image_info(img)
info$width
info$height
names(info)
image_data(img)[, 1:2, 1]
class(image_data(img))
dim(image_data(img, "rgba"))
image_data(img, "gray")[1, , ]
a <- as.integer(image_data(img, "rgb"))
dim(a)
a[2, , 1]
sizes <- function(i) { d <- image_info(i); paste(d$format, d$width, d$height, d$colorspace, d$matte, collapse = " / ") }
sizes(image_read(name))
sizes(image_read(c(file, name)))
sizes(image_resize(img, "3x3"))
sizes(image_resize(img, "3x3!"))
sizes(image_resize(img, "50%"))
sizes(image_resize(img, "8"))
sizes(image_scale(img, "x6"))
sizes(image_resize(img, geometry_size_pixels(2, 2, FALSE)))
sizes(image_crop(img, "2x1+1+1"))
image_data(image_crop(img, "2x1+1+1"), "rgb")[, , 1]
sizes(image_rotate(img, 90))
sizes(image_convert(img, "jpeg"))
sizes(image_convert(img, colorspace = "gray"))
sizes(image_append(c(img, img)))
sizes(image_append(image_join(img, img), stack = TRUE))
sizes(c(img, img)[2])
image_data(image_flip(img), "rgb")[, 1, ]
image_data(image_flop(img), "rgb")[, , 1]
image_data(image_negate(img), "rgb")[, 1, 1]
sizes(image_border(img, "red", "2x1"))
sizes(image_composite(img, image_scale(img, "2"), offset = "+1+0"))
image_data(image_composite(img, image_blank(1, 1, "red"), offset = "+2+1"), "rgb")[, 3, ]
image_data(image_blank(1, 1, "blue"), "rgb")[, 1, 1]
out <- tempfile(fileext = ".png")
image_write(image_scale(img, "2"), out)
dim(readPNG(out))
is.raw(image_write(img, format = "png"))
dim(as.integer(image_data(image_read(x))))
img %>% image_resize("2x2!") %>% image_data("rgb") %>% as.integer() %>% dim()
tryCatch(image_info(1), error = function(e) cat(conditionMessage(e), "\n"))
