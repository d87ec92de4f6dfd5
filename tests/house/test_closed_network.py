"""Tests stay on this machine."""

import socket

import pytest

from tests.conftest import NetworkClosed


def test_no_test_reaches_another_machine():
    with socket.socket() as outward, pytest.raises(NetworkClosed):
        outward.connect(("192.0.2.1", 443))


def test_this_machine_answers():
    with socket.socket() as listening, socket.socket() as calling:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        calling.connect(listening.getsockname())
