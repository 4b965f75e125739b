"""Parts of public addresses that stand for something of the plans."""

from actionplans.product_parts import PRODUCT_PARTS, ProductPart


class ProductPartConverter:
    """A list of a product's page."""

    regex = "|".join(PRODUCT_PARTS)

    def to_python(self, value: str) -> ProductPart:
        return PRODUCT_PARTS[value]

    def to_url(self, value: ProductPart | str) -> str:
        return value.slug if isinstance(value, ProductPart) else value
