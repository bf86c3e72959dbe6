"""R's random numbers, number for number: generators, and what is drawn from their stream."""
