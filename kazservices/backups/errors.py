class BackupRefused(Exception):
    """It cannot be made, or it must not be brought back; the words say why, and name the part."""
