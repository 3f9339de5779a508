"""Tables of exchange: requests and orders that came in, and what goes over the connections."""

from linli.exchange.models.connections import Comparison, Connection, Letter, Simulated
from linli.exchange.models.hall import HallApplication, HallChange, HallItem
from linli.exchange.models.hotline import (
    HandBack,
    HotlineOrder,
    OrderLine,
    OrderList,
    OrderSender,
    PostedRequest,
    ResultFile,
    ReturnedResult,
)
from linli.exchange.models.payments import PayNotice, PayOrder

__all__ = [
    "Comparison",
    "Connection",
    "HallApplication",
    "HallChange",
    "HallItem",
    "HandBack",
    "HotlineOrder",
    "Letter",
    "OrderLine",
    "OrderList",
    "OrderSender",
    "PayNotice",
    "PayOrder",
    "PostedRequest",
    "ResultFile",
    "ReturnedResult",
    "Simulated",
]
