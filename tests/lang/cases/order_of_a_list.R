# the message on types without an order ends in a new line
tryCatch(order(list(1, 2)), error = function(e) conditionMessage(e))
