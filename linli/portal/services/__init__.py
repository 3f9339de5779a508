"""Writes of the portal."""

from linli.portal.services.feedback import give_feedback

__all__ = ["give_feedback"]
