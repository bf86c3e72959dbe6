dput(as.list(1:40))
dput(list(aaaaaaaaaaaa="bbbbbbbbbbbbbbbbbbbbbb",cccccccccccccc="ddddddddddddddddddddddddddd",eeeeeeeee=1:3,f=list(g="hhhhhhhhhhhhhhhhhhhhhhhhhhhh",i="jjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjj")))
dput(1:100+0.5)
