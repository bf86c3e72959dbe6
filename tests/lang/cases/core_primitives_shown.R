# Primitives show their arguments, or none; functions of packages belong to these
`+`; c; `if`; `[`; rep; `(`; quote; switch; `$<-`; `&&`; `!`; `%%`; round; as.numeric; names; invisible
missing; on.exit; UseMethod; `function`; return; `<-`; `==`; `:`; range; as.character
environment(sd)
environment(paste)
environment(sum)
environmentName(environment(head))
