"""Runs the three programs over the same list and prints a row each; called by captures.sh."""
import gzip, hashlib, os, shutil, subprocess, sys, time

program, work, pages = os.environ["PROGRAM"], os.environ["WORK"], int(os.environ["PAGES"])
oracles = os.environ.get("PLAINSIGHT_ORACLES", "")
addresses = open(f"{work}/list.txt").read().split()
HTTP = """
import sys
from warcio.capture_http import capture_http
import http.client, urllib.parse
with capture_http(sys.argv[2]):
    for line in open(sys.argv[1]):
        url = urllib.parse.urlsplit(line.strip())
        connection = http.client.HTTPConnection(url.hostname, url.port)
        connection.request("GET", url.path)
        connection.getresponse().read()
        connection.close()
"""


def run(command, folder):
    started = time.monotonic()
    pid = os.fork()
    if pid == 0:
        os.chdir(folder)
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1); os.dup2(null, 2)
        os.execvp(command[0], command)
    _, status, used = os.wait4(pid, 0)
    took = time.monotonic() - started
    return took, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)


rows = [("plainsight add", [os.path.abspath(program), "add", f"{work}/case", f"{work}/list.txt", "--allow-private",
                            "127.0.0.1", "--pause", "0"])]
if shutil.which("wget"):
    rows.append(("wget --warc-file", ["wget", "-q", "-i", f"{work}/list.txt", f"--warc-file={work}/wget", "-O", "/dev/null"]))
python = os.path.join(oracles, "bin", "python3")
if os.path.exists(python):
    rows.append(("warcio capture_http", [python, "-c", HTTP, f"{work}/list.txt", f"{work}/warcio.warc.gz"]))
print(f"{pages} pages of 50 kB, one after the other, each program once; {os.cpu_count()} cores")
print("| program | pages a second | CPU a page, ms | peak memory, MiB | exit |")
print("| --- | --- | --- | --- | --- |")
for name, command in rows:
    took, cpu, memory, code = run(command, work)
    print(f"| {name} | {pages / took:.0f} | {cpu / pages * 1000:.2f} | {memory:.0f} | {code} |")
    sys.stdout.flush()

# Every answer that the server sent to us stands in our archive, byte for byte.
sent = {line.split()[0]: line.split()[1] for line in open(f"{work}/sent.txt")}
found = set()
for name in sorted(os.listdir(f"{work}/case/archive")):
    if not name.endswith(".warc.gz"):
        continue
    data = gzip.open(f"{work}/case/archive/{name}").read()
    at = 0
    while at < len(data):
        end = data.index(b"\r\n\r\n", at) + 4
        head = data[at:end].decode()
        length = int(next(line for line in head.split("\r\n") if line.startswith("Content-Length:")).split(":")[1])
        if "WARC-Type: response" in head:
            found.add(hashlib.sha256(data[end:end + length]).hexdigest())
        at = end + length + 4
whole = sum(digest in found for path, digest in sent.items() if path != "/robots.txt")
print(f"{whole} of {pages} answers stand in the archive byte for byte as the server logged them")
sys.exit(0 if whole == pages else 1)
