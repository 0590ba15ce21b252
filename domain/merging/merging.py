"""stub"""

from datetime import datetime

from domain.act import Act


async def merge(act: Act, jurisdiction: str, survivor: str, removed: str, at: datetime) -> str:
    """stub"""
    return "NOTHING_KNOWN"


async def move_booking(act: Act, jurisdiction: str, from_: str, to: str, started: datetime | None, at: datetime) -> str:
    """stub"""
    return "NOTHING_KNOWN"


async def resolved(act: Act, jurisdiction: str, number: str) -> str:
    """stub"""
    return number
