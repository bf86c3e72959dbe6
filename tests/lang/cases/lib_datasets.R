# R's own data sets
str(iris); str(airquality); head(airquality); str(women); str(cars); head(faithful); str(ToothGrowth); str(swiss); head(esoph); dim(quakes); head(USArrests, 3); head(longley, 2); state.x77[1:3, ]; Titanic; head(ChickWeight); class(ChickWeight); data(iris); data("mtcars"); head(mtcars, 2); str(state.name); state.region[1:5]; islands[1:3]; dim(volcano); volcano[1:2,1:5]; levels(warpbreaks$tension); summary(cars); pi; month.abb; month.name; LETTERS[1:5]
sapply(airquality, class); colMeans(swiss); table(esoph$agegp); head(rivers)
