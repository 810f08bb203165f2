"""servers: nginx on loopback with the benchmark's files, the tests' own hostile server, and what they were asked."""
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import socket
import subprocess
import time
import urllib.request

CONF = """
worker_processes 2;
pid {dir}/nginx.pid;
error_log {dir}/error.log warn;
worker_rlimit_nofile 4096;
events {{ worker_connections 2048; }}
http {{
  log_format counts '$status $body_bytes_sent';
  access_log {dir}/access.log counts;
  client_body_temp_path {dir}/t1; proxy_temp_path {dir}/t2; fastcgi_temp_path {dir}/t3;
  uwsgi_temp_path {dir}/t4; scgi_temp_path {dir}/t5;
  sendfile on; tcp_nopush on; keepalive_requests 1000000; keepalive_timeout 60;
  default_type application/octet-stream;
  server {{
    listen 127.0.0.1:{plain} backlog=1024;
    root {data};
    location /rate2m/ {{ alias {data}/; limit_rate 2m; }}
    # Any name below these is the first file of that folder.
    location /copies/ {{ rewrite ^/copies/([^/]+)/ /$1/f00000.bin break; }}
    location /slow/ {{ rewrite ^/slow/([^/]+)/ /$1/f00000.bin break; limit_rate 100k; }}
  }}
  server {{
    listen 127.0.0.1:{tls} ssl backlog=1024;
    root {data};
    ssl_certificate {dir}/server.pem; ssl_certificate_key {dir}/server.key;
    ssl_protocols TLSv1.3; ssl_session_cache shared:s:1m;
  }}
}}
"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def make_certificates(folder):
    """A certificate authority of our own and a certificate for 127.0.0.1 and localhost."""
    def openssl(*args):
        subprocess.run(["openssl", *args], cwd=folder, check=True, capture_output=True)
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem",
            "-subj", "/CN=Bobbin benchmark", "-days", "2")
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "server.key", "-out", "server.csr",
            "-subj", "/CN=localhost")
    with open(os.path.join(folder, "ext"), "w", encoding="ascii") as f:
        f.write("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key",
            "-CAcreateserial", "-out", "server.pem", "-days", "2", "-extfile", "ext")
    return os.path.join(folder, "ca.pem")


class Nginx:
    """Serves `data` until stopped."""

    def __init__(self, folder, data):
        self.folder, self.plain, self.tls = folder, free_port(), free_port()
        self.cacert = make_certificates(folder)
        conf = os.path.join(folder, "nginx.conf")
        with open(conf, "w", encoding="ascii") as f:
            f.write(CONF.format(dir=folder, data=data, plain=self.plain, tls=self.tls))
            if os.geteuid() == 0:
                f.write("user root;\n")
        self.process = subprocess.Popen(["nginx", "-c", conf, "-p", folder, "-g", "daemon off;"])
        self._wait()

    def _wait(self):
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            with socket.socket() as s:
                if s.connect_ex(("127.0.0.1", self.plain)) == 0:
                    return
            time.sleep(0.02)
        raise RuntimeError("nginx did not start; see " + self.folder + "/error.log")

    def take_counts(self):
        """Requests, those refused, and bytes of bodies since the last call."""
        path = os.path.join(self.folder, "access.log")
        requests = refused = sent = 0
        with open(path, "r+", encoding="ascii") as f:
            for line in f:
                status, size = line.split()
                requests += 1
                refused += status == "503"
                sent += int(size)
            f.truncate(0)
        return requests, refused, sent

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Hostile:
    """The tests' hostile server, for one program: what it does, each address says."""

    cacert = None

    def __init__(self, build):
        program = os.path.join(build, "tests", "support", "hostile-server")
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip().rstrip("/")

    def read(self, path):
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(self.address + path) as reply:
            return reply.read()

    def take_counts(self):
        """Requests, those refused, and bytes of bodies."""
        log = [json.loads(line) for line in self.read("/log").splitlines()]
        log = [entry for entry in log if entry["path"] != "/log"]
        return (len(log), sum(entry["status"] == 503 for entry in log), sum(entry["sent"] for entry in log))

    def stop(self):
        self.process.stdin.close()
        self.process.wait()
