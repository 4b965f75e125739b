"""The twins of the public pages, and the whole tables beside them."""
