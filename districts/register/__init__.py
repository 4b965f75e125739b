"""Facts from files, brought into the registers.

`files` reads them, `book` knows what rows refer to; `places`, `products` and `figures`
have a form for a row of each file and the register it fills; `load` brings all of them
into the database, or none.
"""
