"""rows: the work that is measured, one row of the table each."""
# SPDX-License-Identifier: GPL-3.0-or-later
import os

KIB, MIB, GIB = 1 << 10, 1 << 20, 1 << 30


class Row:
    """A kind of work: `count` files of `size` bytes, and what Bobbin is to reach against the best peer."""

    def __init__(self, name, title, *, count=1, size, parallel=1, segments=1, tls=False, prefix="",
                 wall=None, cpu=None, ideal=None, limit=None, loops=False):
        self.name, self.title, self.count, self.size = name, title, count, size
        self.parallel, self.segments, self.tls, self.prefix = parallel, segments, tls, prefix
        self.wall, self.cpu = wall, cpu        # to reach, as ratios to the best peer
        self.ideal, self.limit = ideal, limit  # seconds; to reach as a ratio to the ideal
        self.loops = loops                     # the bare loops stand beside it

    def folder(self):
        return f"{self.count}x{self.size}"

    def file_names(self):
        return [f"f{i:05}.bin" for i in range(self.count)]

    def urls(self, server):
        base = (f"https://localhost:{server.tls}" if self.tls else f"http://127.0.0.1:{server.plain}")
        return [f"{base}/{self.prefix}{self.folder()}/{name}" for name in self.file_names()]


# What is to be reached stands in docs/performance.md with its reasons.
ROWS = [
    Row("big", "one file of 4 GiB, plain", size=4 * GIB, wall=0.60, cpu=0.60, loops=True),
    Row("big-tls", "one file of 1 GiB, TLS", size=GIB, tls=True, wall=0.97, cpu=1.00),
    Row("small", "10,000 files of 4 KiB, 16 at a time", count=10000, size=4 * KIB, parallel=16,
        wall=1.15, cpu=1.60),
    Row("small-tls", "3,000 files of 4 KiB, TLS, 16 at a time", count=3000, size=4 * KIB, parallel=16,
        tls=True, wall=1.20, cpu=1.50),
    Row("medium", "200 files of 10 MiB, 8 at a time", count=200, size=10 * MIB, parallel=8,
        wall=0.75, cpu=0.80),
    # nginx gives the first second free, so the ideal is size / (16 × 2 MiB) − 1 s.
    Row("paced", "64 MiB at 2 MiB/s a connection, 16 segments", size=64 * MIB, segments=16,
        prefix="rate2m/", wall=0.92, ideal=1.0, limit=1.02),
]


def make_data(row, folder):
    """Files that no server can compress and no two of which are equal."""
    where = os.path.join(folder, row.folder())
    if os.path.isdir(where):
        return
    os.makedirs(where + ".new")
    block = os.urandom(4 * MIB)
    for number, name in enumerate(row.file_names()):
        with open(os.path.join(where + ".new", name), "wb") as f:
            left = row.size
            f.write(number.to_bytes(8, "little")[:left])
            left -= min(8, left)
            while left > 0:
                f.write(block[:left])
                left -= min(left, len(block))
    os.rename(where + ".new", where)
