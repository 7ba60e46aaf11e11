"""A server of pages of 50 kB, each another; keeps the digest of every answer that it sent."""
import hashlib, http.server, random, sys, threading

work = sys.argv[1]
lock = threading.Lock()
letters = "银港社区中心的工作人员每周二为居民办理各种手续并回答问题 buurthuis de linde zilverhaven ".split(" ")
sent = open(f"{work}/sent.txt", "a", buffering=1)


def page(path):
    chance = random.Random(path)
    words = [chance.choice(letters) + str(chance.randrange(100000)) for _ in range(4000)]
    text = "<html><head><title>Blad</title></head><body><p>" + " ".join(words) + "</p></body></html>"
    return text.encode()[:50_000]


class Page(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/robots.txt":
            answer = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        else:
            body = page(self.path)
            head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
            answer = head.encode() + body
        self.wfile.write(answer)
        self.close_connection = True
        with lock:
            sent.write(f"{self.path} {hashlib.sha256(answer).hexdigest()}\n")

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
with open(f"{work}/port", "w") as file:
    file.write(str(server.server_address[1]))
server.serve_forever()
