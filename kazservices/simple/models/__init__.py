from .application import SimpleCase

__all__ = ["SimpleCase"]
