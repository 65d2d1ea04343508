"""What comes to a port besides clients of HTTP: `noise.py KIND SERVER`, a few seconds of it.

flood: SYNs from many addresses. half: connections that begin a head and stay. slow: heads and content octet by octet.
garbage: octets that are no HTTP. scan: every port, and connections that are reset at any moment.
"""
import random
import socket
import struct
import sys
import time

PORT = 80
chance = random.Random(1)


def checksum(octets):
    total = sum(struct.unpack(f"!{len(octets) // 2}H", octets))
    total = (total & 0xFFFF) + (total >> 16)
    return ~((total & 0xFFFF) + (total >> 16)) & 0xFFFF


def syn(source, server):
    ends = socket.inet_aton(source) + socket.inet_aton(server)
    tcp = struct.pack("!HHIIBBHHH", chance.randrange(1024, 65536), PORT, chance.randrange(1 << 32), 0, 5 << 4, 2, 64240, 0, 0)
    sum_of = checksum(ends + struct.pack("!BBH", 0, socket.IPPROTO_TCP, len(tcp)) + tcp)
    tcp = tcp[:16] + struct.pack("!H", sum_of) + tcp[18:]
    ip = struct.pack("!BBHHHBBH", 5 | 4 << 4, 0, 20 + len(tcp), 0, 0, 64, socket.IPPROTO_TCP, 0) + ends
    return ip[:10] + struct.pack("!H", checksum(ip)) + ip[12:] + tcp


def flood(server):
    raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
    for _ in range(100000):
        source = f"198.18.{chance.randrange(16, 256)}.{chance.randrange(1, 255)}"
        try:
            raw.sendto(syn(source, server), (server, 0))
        except OSError:
            pass  # a full queue


def connections(server, count):
    return [socket.create_connection((server, PORT), timeout=20) for _ in range(count)]


def half(server):
    opened = connections(server, 200)
    for number, connection in enumerate(opened):
        head = b"GET /a.txt?half HTTP/1.1\r\nHost: shop.example\r\nX-Filler: " + b"y" * 2000
        connection.sendall(head[: number * 10 + 1])
    time.sleep(4)
    for connection in opened:
        connection.close()


def slow(server):
    head = b"GET /a.txt?slow HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n"
    post = b"POST /moved HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 20\r\nConnection: close\r\n\r\n" + b"z" * 20
    opened = connections(server, 6)
    for at in range(len(post)):
        for number, connection in enumerate(opened):
            octets = (head if number % 2 else post)[at : at + 1]
            if octets:
                connection.sendall(octets)
        time.sleep(0.03)
    for connection in opened:
        connection.recv(65536)
        connection.close()


def garbage(server):
    known = [b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"SSH-2.0-OpenSSH_9.2\r\n", b"EHLO me\r\n", b"\0" * 500, b"\r\n" * 50]
    for connection in connections(server, 100):
        try:
            connection.sendall(chance.choice(known) if chance.random() < 0.3 else chance.randbytes(chance.randrange(1, 5000)))
            connection.settimeout(0.2)
            connection.recv(65536)
        except OSError:
            pass
        connection.close()


def scan(server):
    for port in range(1, 2000):
        probe = socket.socket()
        probe.settimeout(0.5)
        probe.connect_ex((server, port))
        probe.close()
    head = b"GET /large.txt?reset HTTP/1.1\r\nHost: shop.example\r\n\r\n"
    for connection in connections(server, 100):
        connection.sendall(head[: chance.randrange(len(head) + 30)] or b"G")
        time.sleep(chance.random() / 100)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()


if __name__ == "__main__":
    {"flood": flood, "half": half, "slow": slow, "garbage": garbage, "scan": scan}[sys.argv[1]](sys.argv[2])
