"""peers: how each program is called for each kind of work, at the best that its manual offers.

A call is a function of a Job and returns an argument list, or None where the program cannot do
that work. Nothing here is tuned against anyone: every flag is said with its reason, and all wait as
long as Bobbin (10 s) on a connection that delivers nothing.
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import subprocess

SILENCE_S = "10"


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
                "--state-dir", os.path.join(job.scratch, "state"), "--proxy", "none"]
        if job.parallel * job.segments > 16:
            args += ["--max-per-host", str(job.parallel * job.segments)]
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
    # connection before opening the next.
    if job.segments > 1:
        return None
    args = ["curl", "-sS", "--fail", "--noproxy", "*", "--http1.1", "-y", SILENCE_S, "-Y", "1"]
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
    # -k allows; -x is capped at 16 by aria2 itself; --retry-wait lets it try again after a 503;
    # --lowest-speed-limit, of use only beside other connections, drops one that crawls.
    args = ["aria2c", "-q", "--no-conf", "--file-allocation=none", "--summary-interval=0",
            "--allow-overwrite=true", "--auto-file-renaming=false", "--all-proxy=", "--no-netrc=true",
            "--timeout", SILENCE_S, "--max-tries=0", "--retry-wait=2",
            "-j", str(job.parallel), "-x", str(min(job.segments, 16)), "-s", str(job.segments),
            "-k", "1M", "-d", job.folder]
    if job.segments > 1 and not job.rate:
        args += ["--lowest-speed-limit=64K"]
    if job.cacert:
        args += ["--ca-certificate", job.cacert]
    if job.rate:
        args += ["--max-overall-download-limit", str(job.rate), "--disk-cache=0"]
    return args + ["-i", job.list_file("aria2.txt", job.urls)]


def wget2(job):
    # Its threads are the jobs; --chunk-size makes it split one file, here in one chunk a thread.
    # It names a file after the whole address, query and all, where -O does not say otherwise.
    args = ["wget2", "-q", "--no-config", "--no-proxy", "--no-hsts", "--no-http2", "-P", job.folder,
            "--read-timeout", SILENCE_S, "--no-robots"]
    if job.segments > 1:
        args += ["--max-threads", str(job.segments), "--chunk-size", str(-(-job.size // job.segments))]
    else:
        args += ["--max-threads", str(job.parallel)]
    if job.cacert:
        args += ["--ca-certificate", job.cacert]
    if job.rate:
        args += ["--limit-rate", str(job.rate)]
    if len(job.urls) == 1:
        return args + ["-O", job.path(job.urls[0]), job.urls[0]]
    return args + ["-i", job.list_file("wget2.txt", job.urls)]


def axel(job):
    # axel knows one file only.
    if len(job.urls) > 1:
        return None
    args = ["axel", "-q", "-N", "-T", SILENCE_S, "-n", str(job.segments), "-o", job.path(job.urls[0])]
    if job.rate:
        args += ["-s", str(job.rate)]
    return args + job.urls


PEERS = {"curl": curl, "aria2": aria2, "wget2": wget2, "axel": axel}
PROGRAMS = {"curl": "curl", "aria2": "aria2c", "wget2": "wget2", "axel": "axel"}


def versions():
    """{peer: what it calls itself}."""
    found = {}
    for name, program in {**PROGRAMS, "nginx": "nginx"}.items():
        flag = "-v" if name == "nginx" else "--version"
        out = subprocess.run([program, flag], capture_output=True, text=True, check=False)
        first = (out.stdout or out.stderr).splitlines()[0]
        found[name] = " ".join(first.split("(")[0].split()[:3])
    return found


def say_flags(row):
    """{peer: the command of a row, with FOLDER and URL for what differs from run to run}."""
    said = {}
    for name, call in PEERS.items():
        job = _SaidJob(["http://HOST/f00000.bin"] * min(row.count, 2), "FOLDER", size=row.size,
                       parallel=row.parallel, segments=row.segments, cacert="CA" if row.tls else None,
                       scratch="")
        command = call(job)
        said[name] = " ".join(command) if command else "cannot"
    return said


class _SaidJob(Job):
    def list_file(self, name, lines):
        return "LIST"


def limits(tools, port):
    """The two loops that no download manager can beat by much; for one plain file."""
    def raw(job):
        path = "/" + job.urls[0].split("/", 3)[3]
        return [os.path.join(tools, "bench-raw-loop"), str(port), path, job.path(job.urls[0])]

    def soup(job):
        return [os.path.join(tools, "bench-soup-loop"), job.urls[0], job.path(job.urls[0])]
    return {"recv+pwrite": raw, "libsoup loop": soup}
