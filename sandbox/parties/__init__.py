"""The far ends, one folder a vendor as in the product; `server.py` is what our product calls there."""
