gsub("\\b","|","ab cd")
gsub("\\b","|"," ab")
gsub("\\<a","X","aab aa")
gsub("\\bab","X","abab ab")
gsub("\\Ba","X","aaa")
gsub("\\>","|","ab cd")
gsub("b\\b","|","ab cb")
gsub("^a|\\bb","X","aab b")
gsub("\\w\\b","X","ab cd")
gsub("^a","X","aaa")
gsub("(^|_)([a-z])","X","ab_cd")
regmatches("aab ab",gregexpr("\\ba","aab ab"))
gregexpr("","abc")[[1]][1:3]
gregexpr("b*","abc")[[1]][1:3]
gregexpr("^a","aaa")[[1]][1]
unlist(gregexpr("\\b","ab cd"))
unlist(gregexpr("\\<","ab cd"))
unlist(gregexpr("\\b[a-z]","ab cd"))
