"""Stands in for those who listen at a socket of datagrams, a service manager or a log daemon: `hear.py SOCKET` prints a line each."""
import os
import socket
import sys

listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
listener.bind(sys.argv[1])
os.chmod(sys.argv[1], 0o666)
while True:
    print(listener.recv(65536).decode("utf-8", "backslashreplace"), flush=True)
