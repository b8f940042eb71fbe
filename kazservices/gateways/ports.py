"""How the outside world may fail; the ports themselves are ``registers.ask`` and ``sms.send``, carried by ``http``."""


class GatewayError(Exception):
    """The other side is silent, out of order, or answered nonsense: ask again later."""
