"""Nobody reaches into the network here by naming an address of it."""

import pytest
from django.conf import LazySettings

from letters.announcing.addresses import host_of, looked_up
from letters.announcing.errors import AddressNotAllowed, NotTold


@pytest.fixture(autouse=True)
def _nothing_opened(settings: LazySettings) -> None:
    settings.WEBHOOK_NETWORKS = ()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hooks.example",
        "//hooks.example/",
        "http://hooks.example/",
        "ftp://hooks.example/",
        "file:///etc/passwd",
        "https:///path",
        "https://user:word@hooks.example/",
        "https://user@hooks.example/",
        "https://hooks.example/#part",
        "https://hooks.example:0x50/",
        "https://hooks.example:99999/",
        "https://hooks.example\\@127.0.0.1/",
        "https://hooks.example/a b",
        "https://hooks.example/\r\nX-Evil: 1",
        "https://hööks.example/",
        "https://[::1",
        "https://hooks.example/" + "a" * 500,
    ],
)
def test_an_address_out_of_shape_is_refused(url: str) -> None:
    with pytest.raises(AddressNotAllowed):
        host_of(url)


WITHIN = [
    "127.0.0.1",
    "127.9.9.9",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.100.100.200",
    "168.63.129.16",
    "0.0.0.0",  # noqa: S104 - to be refused
    "224.0.0.1",
    "255.255.255.255",
    "198.18.0.1",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:169.254.169.254]",
    "[::ffff:93.184.215.14]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[fe80::1]",
    "[fd00:ec2::254]",
    "[ff02::1]",
]


@pytest.mark.parametrize("host", WITHIN)
def test_a_machine_of_the_network_here_is_refused(host: str) -> None:
    with pytest.raises(AddressNotAllowed):
        host_of(f"https://{host}/hook")
    with pytest.raises(NotTold, match="address_not_allowed"):
        looked_up(f"https://{host}/hook")


# What some readers of addresses take for 127.0.0.1; a look-up tells what it means here.
@pytest.mark.parametrize(
    "host", ["localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "LOCALHOST."]
)
def test_a_name_that_means_this_machine_is_refused(host: str) -> None:
    with pytest.raises(NotTold, match=r"address_not_allowed|host_not_found"):
        looked_up(f"https://{host}/hook")


def test_a_machine_on_the_internet_may_be_told() -> None:
    target = looked_up("https://93.184.215.14:8443/hook?a=1")

    assert (target.ip, target.port, target.path) == ("93.184.215.14", 8443, "/hook?a=1")
    assert (target.named, target.is_encrypted) == ("93.184.215.14:8443", True)


def test_a_network_may_be_opened(settings: LazySettings) -> None:
    settings.WEBHOOK_NETWORKS = ("10.1.0.0/16",)

    assert looked_up("https://10.1.2.3/").ip == "10.1.2.3"
    with pytest.raises(NotTold):
        looked_up("https://10.2.2.3/")


def test_without_encryption_only_this_machine_is_told(settings: LazySettings) -> None:
    settings.WEBHOOK_NETWORKS = ("127.0.0.0/8", "10.1.0.0/16")

    assert looked_up("http://127.0.0.1:8000/").ip == "127.0.0.1"
    with pytest.raises(NotTold):
        looked_up("http://10.1.2.3/")
    with pytest.raises(NotTold):
        looked_up("http://93.184.215.14/")
