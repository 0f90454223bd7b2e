"""Keeps a file to one process at a time. The lock goes when the file is closed, also by a process's death."""

import sys
from io import FileIO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

FAR = 1 << 40  # Windows locks bytes, which nobody else can read then: this one is never written


def lock(file: FileIO, *, wait: bool = False) -> bool:
    """Lock an open file, and say whether it is ours; without `wait` it is not where somebody else has it.

    Where the file system knows no locks, it is ours.
    """
    try:
        if sys.platform == "win32":
            file.seek(FAR)
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
            file.seek(0)
        else:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True
    return True
