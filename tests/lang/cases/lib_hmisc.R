# Hmisc: shifted vectors
Hmisc::Lag(1:5)
Hmisc::Lag(1:5, 2)
Hmisc::Lag(c(1.5, 2, 3), -1)
Hmisc::Lag(c(a = 1, b = 2))
Hmisc::Lag(letters[1:3])
Hmisc::Lag(factor(c("a", "b")))
Hmisc::Lag(1:3, 9)
Hmisc::Lag(1:3, 0)
