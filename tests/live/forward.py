"""Hands frames on between two interfaces, and does to them what networks do: `forward.py FAULTS A B [MIRROR]`.

FAULTS is a list as lose=2,double=1,swap=5,delay=20,blind=3,seed=1: of a hundred frames so many are lost, sent twice, or
overtaken by later ones; milliseconds that any frame may be late, at most. MIRROR gets a copy of each frame as it came, but for
`blind` of a hundred that nobody who listens there sees, and `twist` of a hundred that come there late. Until SIGTERM.
"""
import heapq
import random
import select
import socket
import sys
import time

ETH_P_ALL = 3
LATE = 0.02  # of a frame that others overtake, in seconds


def opened(interface):
    door = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
    door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
    door.bind((interface, 0))
    return door


class Forwarder:
    def __init__(self, faults, doors, mirror):
        self.faults = faults
        self.doors = doors
        self.mirror = mirror
        self.chance = random.Random(faults.get("seed", 1))
        self.waiting = []
        self.count = 0

    def happens(self, fault):
        return self.chance.random() * 100 < self.faults.get(fault, 0)

    def send(self, door, frame, late):
        self.count += 1
        heapq.heappush(self.waiting, (time.monotonic() + late, self.count, door, frame))

    def take(self, frame, out):
        if self.mirror and not self.happens("blind"):
            self.send(self.mirror, frame, LATE if self.happens("twist") else 0)
        if self.happens("lose"):
            return
        delay = self.chance.random() * self.faults.get("delay", 0) / 1000
        for _ in range(2 if self.happens("double") else 1):
            self.send(out, frame, delay + (LATE if self.happens("swap") else 0))

    def flush(self):
        while self.waiting and self.waiting[0][0] <= time.monotonic():
            _, _, door, frame = heapq.heappop(self.waiting)
            try:
                door.send(frame)
            except OSError:
                pass  # an interface that is down, a full queue: the frame is lost

    def run(self):
        others = {self.doors[0]: self.doors[1], self.doors[1]: self.doors[0]}
        while True:
            timeout = max(0, self.waiting[0][0] - time.monotonic()) if self.waiting else 1
            for door in select.select(self.doors, [], [], timeout)[0]:
                frame, address = door.recvfrom(65536)
                if address[2] != socket.PACKET_OUTGOING:
                    self.take(frame, others[door])
            self.flush()


if __name__ == "__main__":
    given = dict(pair.split("=") for pair in sys.argv[1].split(",") if pair)
    names = [opened(name) for name in sys.argv[2:]]
    print("forwarding", flush=True)
    Forwarder({name: float(value) for name, value in given.items()}, names[:2], names[2] if len(names) > 2 else None).run()
