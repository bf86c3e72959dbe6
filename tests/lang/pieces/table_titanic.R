# Modelled on the structured data posts (tensorflow for R) and preprocessing_layers.Rmd (v2.16.1): passengers made numeric
titanic <- read.csv(text = "survived,sex,age,n_siblings,parch,fare,class,deck,alone
0,male,22,1,0,7.25,Third,unknown,n
1,female,38,1,0,71.2833,First,C,n
1,female,,0,0,7.925,Third,unknown,y
1,female,35,1,0,53.1,First,C,n
0,male,,0,0,8.4583,Third,unknown,y
0,male,2,3,1,21.075,Third,unknown,n", stringsAsFactors = FALSE)
str(titanic)
titanic$age <- ifelse(is.na(titanic$age), median(titanic$age, na.rm = TRUE), titanic$age)
titanic$age
titanic[sapply(titanic, is.character)] <- lapply(titanic[sapply(titanic, is.character)], factor)
summary(titanic)
table(titanic$sex, titanic$survived, dnn = c("sex", "survived"))
prop.table(table(titanic$class, titanic$survived), 1)
x <- model.matrix(survived ~ . - 1, data = titanic[, c("survived", "sex", "age", "class")])
x
attr(x, "assign")
titanic$age_group <- cut(titanic$age, c(0, 12, 30, Inf), labels = c("child", "young", "old"))
with(titanic, tapply(survived, age_group, mean))
num <- names(which(sapply(titanic, is.numeric)))
num
titanic[num] <- lapply(titanic[num], function(v) round((v - min(v)) / diff(range(v)), 3))
head(titanic[, c(num, "age_group")], 4)
levels(titanic$deck)[levels(titanic$deck) == "unknown"] <- "?"
table(titanic$deck)
aggregate(fare ~ class + sex, titanic, length)
