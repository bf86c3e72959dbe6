"""R's Keras: binds R names to layers and training, converts values, holds the editions and the data sets."""
