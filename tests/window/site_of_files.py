"""site_of_files: a web server of the tests' own, on loopback, with made-up files.

    /NAME?size=N&rate=N&…    N bytes that depend on NAME alone
        size      bytes, 100000 where not said
        rate      bytes a second, as fast as it goes where not said
        auth      USER:PASSWORD, without which the answer is 401
        status    answer so instead, with a page
        stall     stop sending after so many bytes, and say nothing more
        ranges    0: no ranges, and no Content-Length
        etag      another entity tag, as if the file had changed
        gate      send the body's last byte only once `open_gate()` was called
        cut       hang up in its place
        text      send this instead of made-up bytes

What was asked stands in `requests`, as (method, path, Range header or None); all the headers of
the last request for a path in `headers`; when each body was begun and ended in `times`, as
(name, begin, end) on the monotonic clock.
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import base64
import hashlib
import http.server
import re
import threading
import time
import urllib.parse

PIECE = 16384


def content(name, size, start=0):
    """The bytes of a file from start to size: the same for the same name, whatever its length."""
    seed = hashlib.shake_128(name.encode()).digest(PIECE)[4:]
    first = start // PIECE
    blocks = range(first, (size + PIECE - 1) // PIECE)
    whole = b"".join(n.to_bytes(4, "big") + seed for n in blocks)
    return whole[start - first * PIECE : size - first * PIECE]


def basic(who):
    """What a client says for USER:PASSWORD (RFC 7617)."""
    return "Basic " + base64.b64encode(who.encode()).decode()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_HEAD(self):
        self.answer(body=False)

    def do_GET(self):
        self.answer(body=True)

    def answer(self, body):
        try:
            self.give(body)
        except OSError:
            self.close_connection = True  # the program let go: it paused, or was killed

    def give(self, body):
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        site = self.server.site
        name = urllib.parse.unquote(url.path.lstrip("/"))
        site.requests.append((self.command, self.path, self.headers["Range"]))
        site.headers[url.path] = dict(self.headers)
        if "auth" in query and self.headers["Authorization"] != basic(query["auth"]):
            self.say(401, b"who?", {"WWW-Authenticate": 'Basic realm="site"'}, body)
            return
        if "text" in query:
            self.say(200, query["text"].encode(), {"Content-Type": "text/plain"}, body)
            return
        if "status" in query:
            self.say(int(query["status"]), b"<html>no</html>", {"Content-Type": "text/html"}, body)
            return
        size = int(query.get("size", 100000))
        tag = query.get("etag", hashlib.md5(name.encode()).hexdigest())
        headers = {"ETag": f'"{tag}"', "Content-Type": "application/octet-stream"}
        if query.get("ranges") == "0":
            self.send_response(200)
            self.send_header("Connection", "close")
            self.end_headers()
            self.close_connection = True
            if body:
                self.send(name, 0, size, query)
            return
        headers["Accept-Ranges"] = "bytes"
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers["Range"] or "")
        start, end, status = 0, size, 200
        if asked and int(asked[1]) < size:
            start = int(asked[1])
            end = min(int(asked[2] or size - 1) + 1, size)
            status = 206
            headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
        self.head(status, headers, end - start)
        if body:
            began = time.monotonic()
            try:
                self.send(name, start, end, query)
            finally:
                site.times.append((name, began, time.monotonic()))

    def head(self, status, headers, length):
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def say(self, status, page, headers, body):
        self.head(status, headers, len(page))
        if body:
            self.wfile.write(page)

    def send(self, name, start, end, query):
        site = self.server.site
        rate = int(query.get("rate", 0))
        stall = int(query.get("stall", -1))
        step = max(1, min(65536, rate // 20)) if rate else 65536
        last = end - 1 if query.get("gate") else end
        for at in range(start, last, step):
            if 0 <= stall <= at:
                site.closing.wait()
                return
            self.wfile.write(content(name, min(at + step, last), at))
            if rate and not site.hurried.is_set():
                site.hurried.wait(step / rate)
            if site.closing.is_set():
                return
        if query.get("gate"):
            site.gate.wait()
            if query.get("cut"):
                self.close_connection = True
                return
            self.wfile.write(content(name, end, last))


class Site:
    def __init__(self):
        self.requests = []
        self.headers = {}
        self.times = []
        self.closing = threading.Event()
        self.gate = threading.Event()
        self.hurried = threading.Event()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.site = self
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def url(self, name, **query):
        tail = "?" + urllib.parse.urlencode(query) if query else ""
        return f"http://127.0.0.1:{self.port}/{urllib.parse.quote(name)}{tail}"

    def hurry(self):
        """From now on no rate is kept."""
        self.hurried.set()

    def open_gate(self):
        self.gate.set()

    def close(self):
        self.closing.set()
        self.hurried.set()
        self.gate.set()
        self.server.shutdown()
        self.server.server_close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
