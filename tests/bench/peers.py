"""peers: how each program is called for each kind of work, at the best that its manual offers.

A call is a function of a Job and returns an argument list, or None where the program cannot do
that work. Nothing here is tuned against anyone: every flag is said with its reason.
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import os


class Job:
    """What is to be downloaded: addresses and where each goes."""

    def __init__(self, urls, folder, *, size, parallel=1, segments=1, cacert=None, rate=None, scratch):
        self.urls, self.folder, self.size = urls, folder, size
        self.parallel, self.segments = parallel, segments
        self.cacert, self.rate, self.scratch = cacert, rate, scratch

    def path(self, url):
        return os.path.join(self.folder, url.rsplit("/", 1)[1].split("?")[0])

    def list_file(self, name, lines):
        path = os.path.join(self.scratch, name)
        with open(path, "w", encoding="utf-8") as f:
            f.write("".join(line + "\n" for line in lines))
        return path


def bobbin(cli):
    def call(job):
        args = [cli, "get", "-q", "-d", job.folder, "-j", str(job.parallel), "-s", str(job.segments),
                "--state-dir", os.path.join(job.scratch, "state")]
        if job.cacert:
            args += ["--cacert", job.cacert]
        if job.rate:
            args += ["--limit-rate", str(job.rate)]
        if len(job.urls) > 20:
            return args + ["-i", job.list_file("bobbin.txt", job.urls)]
        return args + job.urls
    return call


def curl(job):
    # curl fetches one file by one connection. --parallel-immediate: don't wait to reuse one
    # connection before opening the next; --no-keepalive etc. change nothing on loopback.
    if job.segments > 1:
        return None
    args = ["curl", "-sS", "--fail", "--noproxy", "*", "--http1.1"]
    if job.cacert:
        args += ["--cacert", job.cacert]
    if job.rate:
        args += ["--limit-rate", str(job.rate)]
    if len(job.urls) == 1:
        return args + ["-o", job.path(job.urls[0]), job.urls[0]]
    lines = []
    for url in job.urls:
        lines += [f'url = "{url}"', f'output = "{job.path(url)}"']
    return args + ["--parallel", "--parallel-immediate", "--parallel-max", str(job.parallel),
                   "-K", job.list_file("curl.txt", lines)]


def aria2(job):
    # --file-allocation=none is the fastest for a fresh file in memory; 1M is the least piece that
    # -k allows; -x is capped at 16 by aria2 itself; checks of the disk cache are off.
    args = ["aria2c", "-q", "--no-conf", "--file-allocation=none", "--summary-interval=0",
            "--allow-overwrite=true", "--auto-file-renaming=false", "--all-proxy=", "--no-netrc=true",
            "-j", str(job.parallel), "-x", str(min(job.segments, 16)), "-s", str(job.segments),
            "-k", "1M", "-d", job.folder]
    if job.cacert:
        args += ["--ca-certificate", job.cacert]
    if job.rate:
        args += ["--max-overall-download-limit", str(job.rate)]
    return args + ["-i", job.list_file("aria2.txt", job.urls)]


def wget2(job):
    # Its threads are the jobs; --chunk-size makes it split one file, here in one chunk a thread.
    args = ["wget2", "-q", "--no-config", "--no-proxy", "--no-hsts", "--no-http2", "-P", job.folder]
    if job.segments > 1:
        args += ["--max-threads", str(job.segments), "--chunk-size", str(-(-job.size // job.segments))]
    else:
        args += ["--max-threads", str(job.parallel)]
    if job.cacert:
        args += ["--ca-certificate", job.cacert]
    if job.rate:
        args += ["--limit-rate", str(job.rate)]
    return args + ["-i", job.list_file("wget2.txt", job.urls)]


def axel(job):
    # axel knows one file only.
    if len(job.urls) > 1:
        return None
    args = ["axel", "-q", "-n", str(job.segments), "-o", job.path(job.urls[0])]
    if job.rate:
        args += ["-s", str(job.rate)]
    return args + job.urls


PEERS = {"curl": curl, "aria2": aria2, "wget2": wget2, "axel": axel}


def limits(tools, port):
    """The two loops that no download manager can beat by much; for one plain file."""
    def raw(job):
        path = "/" + job.urls[0].split("/", 3)[3]
        return [os.path.join(tools, "bench-raw-loop"), str(port), path, job.path(job.urls[0])]

    def soup(job):
        return [os.path.join(tools, "bench-soup-loop"), job.urls[0], job.path(job.urls[0])]
    return {"recv+pwrite": raw, "libsoup loop": soup}
