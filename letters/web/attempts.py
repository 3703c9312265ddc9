"""How often one address may ask what is open to everybody.

No digest of a letter can be guessed: there are 2 to the power of 256. This keeps a page from being
used to keep the service busy.
"""

from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError

from letters.cases.encryption import lookup_key

MOST_A_MINUTE = 30
_MINUTE = 60


def is_over(request: HttpRequest) -> bool:
    """Count this attempt, and say whether it is one too many. Where the counter is out of reach,
    nobody is kept from an answer."""
    # not the address itself: it says where somebody is
    key = f"attempts:{lookup_key(request.META.get('REMOTE_ADDR', ''), kind='attempts')}"
    try:
        cache.add(key, 0, timeout=_MINUTE)
        return cache.incr(key) > MOST_A_MINUTE
    except (RedisError, ValueError):  # ValueError: the minute ended between the two
        return False
