"""The engine against a slow oracle: tables for what people meet, random worlds for what they do not think of."""
