"""Money: whole minor units and an ISO currency; formatted by the reader's language, never computed in floats."""

from dataclasses import dataclass

from babel.numbers import format_currency, get_currency_precision


@dataclass(frozen=True, slots=True)
class Money:
    """`minor` counts the currency's smallest unit (bani, cents); `currency` is its ISO 4217 code."""

    minor: int
    currency: str

    def shown(self, language: str) -> str:
        """As a person reads it in `language`; whole amounts lose their zero decimals."""
        digits = get_currency_precision(self.currency)
        amount = self.minor / 10**digits
        short = self.minor % 10**digits == 0
        text: str = format_currency(
            amount, self.currency, locale=language, currency_digits=not short, format=None
        )
        return (
            text
            if not short
            else format_currency(
                amount,
                self.currency,
                format="#,##0 ¤" if language != "en" else "¤#,##0",
                locale=language,
                currency_digits=False,
            )
        )
