"""rows: the work that is measured, one row of the table each."""
# SPDX-License-Identifier: GPL-3.0-or-later
import hashlib
import os

KIB, MIB, GIB = 1 << 10, 1 << 20, 1 << 30


class Row:
    """A kind of work: `count` files of `size` bytes, and what Bobbin is to reach against the best peer."""

    query = None  # of the shaped server; None: nginx serves files

    def __init__(self, name, title, *, count=1, size, parallel=1, segments=1, tls=False, prefix="",
                 wall=None, cpu=None, loop=None, ideal=None, limit=None, most_refused=None):
        self.name, self.title, self.count, self.size = name, title, count, size
        self.parallel, self.segments, self.tls, self.prefix = parallel, segments, tls, prefix
        self.wall, self.cpu = wall, cpu        # to reach, as ratios to the best peer
        self.loop = loop                       # to reach, as a ratio to the bare loop of recv() and pwrite()
        self.ideal, self.limit = ideal, limit  # seconds that the server allows; to reach
        self.most_refused = most_refused       # requests that the server may have to refuse

    def folder(self):
        return f"{self.count}x{self.size}"

    def file_names(self):
        return [f"f{i:05}.bin" for i in range(self.count)]

    def urls(self, server):
        base = (f"https://localhost:{server.tls}" if self.tls else f"http://127.0.0.1:{server.plain}")
        return [f"{base}/{self.prefix}{self.folder()}/{name}" for name in self.file_names()]


class ShapedRow(Row):
    """One made-up file from the tests' hostile server, which behaves as `query` says.

    The server sets the pace, so all programs do this at the same time, each with a server of its own,
    and are stopped after `patience` seconds.
    """

    def __init__(self, name, title, *, query, patience, **others):
        super().__init__(name, title, segments=16, **others)
        self.query, self.patience = query, patience

    def urls(self, server):
        return [f"{server.address}/bytes/{self.size}/f00000.bin?seed={self.size}&etag=e&{self.query}"]


ROWS = [
    Row("big", "one file of 4 GiB, plain", size=4 * GIB, wall=0.60, cpu=0.60, loop=1.05),
    Row("big-tls", "one file of 1 GiB, TLS", size=GIB, tls=True, wall=0.97, cpu=1.00),
    Row("small", "10,000 files of 4 KiB, 16 at a time", count=10000, size=4 * KIB, parallel=16,
        wall=1.15, cpu=1.60),
    Row("small-tls", "3,000 files of 4 KiB, TLS, 16 at a time", count=3000, size=4 * KIB, parallel=16,
        tls=True, wall=1.20, cpu=1.50),
    Row("medium", "200 files of 10 MiB, 8 at a time", count=200, size=10 * MIB, parallel=8,
        wall=0.75, cpu=0.80),
    # nginx gives the first second free, so the ideal is size / (16 × 2 MiB) − 1 s.
    Row("paced", "64 MiB at 2 MiB/s a connection, 16 connections", size=64 * MIB, segments=16,
        prefix="rate2m/", wall=0.92, ideal=1.0, limit=1.02),
    # 12 connections of 1.5 MB/s are left.
    ShapedRow("stragglers", "128 MiB, 4 of 16 connections at 20 KiB/s, the others at 1.5 MB/s",
              size=128 * MIB, query="rate=1500000&slow-connections=4&slow-rate=20480", patience=30,
              ideal=128 * MIB / 12 / 1.5e6, limit=9.0),
    ShapedRow("silent", "128 MiB at 1 MiB/s a connection, one of 16 falls silent for good",
              size=128 * MIB, query=f"rate={MIB}&stall={2 * MIB}&when=nth:3", patience=30,
              ideal=8.0, limit=11.0),
    ShapedRow("refused", "64 MiB at 2 MB/s a connection, four at most: others get 503 and Retry-After 2",
              size=64 * MIB, query="rate=2000000&max-conns=4&retry-after=2", patience=30,
              ideal=64 * MIB / 4 / 2e6, limit=1.15 * 64 * MIB / 4 / 2e6, most_refused=12),
]


def halve(row):
    """For a quick look: half the work, in files or in bytes. The shaped rows stay: they are about time."""
    if row.query is None and not row.prefix:
        if row.count > 1:
            row.count //= 2
        else:
            row.size //= 2
        row.title += " (half of it)"


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


def make_sparse(path, size):
    """A file of any size that takes hardly any memory: a page of its own in each 16 MiB, zeros between."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        for at in range(0, size, 16 * MIB):
            f.seek(at)
            f.write(os.urandom(min(4 * KIB, size - at)))
        f.truncate(size)


def sum_file(path):
    digest = hashlib.sha256()
    buffer = bytearray(MIB)
    view = memoryview(buffer)
    with open(path, "rb", buffering=0) as f:
        while n := f.readinto(buffer):
            digest.update(view[:n])
    return digest.hexdigest()
