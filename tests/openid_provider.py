"""An organisation's OpenID provider on the loopback address: it says of whoever comes what a test
has told it, and checks what a real one checks."""

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from typing_extensions import override

from hjp_letters.env_oidc import OidcVariables
from letters.access.models import User

CLIENT_ID, CLIENT_SECRET = "letters", "not-a-secret"
_KEY_ID = "the-only-one"


def a_key() -> rsa.RSAPrivateKey:
    """Of a size that is quick to make."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class OpenIdProvider:
    """`says` goes over the claims of its next tokens; None leaves a claim out. `key` signs them."""

    def __init__(self) -> None:
        self.key = self.published_key = a_key()
        self.says: dict[str, Any] = {}
        self.knows_client_by = "client_secret_basic"
        self.journeys: dict[str, dict[str, str]] = {}  # what was asked, by the code it got
        handler = type("Handler", (_Handler,), {"provider": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def url(self) -> str:
        """The issuer."""
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def set_up_here(self) -> OidcVariables:
        """As the environment would have it, for the addresses that the factories give."""
        return OidcVariables(
            issuer=self.url,
            client_id=CLIENT_ID,
            client_secret=CLIENT_SECRET,
            name="Specimen Hospital",
            email_domains=frozenset({"people.example"}),
            trusted_factors=frozenset(),
        )

    def vouch_for(self, user: User) -> None:
        """Whoever comes next is this person."""
        self.says = {"email": user.email, "email_verified": True}

    def stop(self) -> None:
        """It answers nobody any more."""
        self._server.shutdown()
        self._server.server_close()

    def authorize(self, asked: dict[str, str]) -> str:
        """Where somebody is sent who has shown it who they are."""
        assert asked["client_id"] == CLIENT_ID
        assert asked["response_type"] == "code"
        code = f"code-{len(self.journeys)}"
        self.journeys[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def tokens(self, asked: dict[str, str], authorization: str) -> dict[str, str] | None:
        """None for whoever does not hold what the journey was begun with."""
        journey = self.journeys.pop(asked["code"], None)
        verifier = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(verifier).decode().rstrip("=")
        if (
            journey is None
            or not self._is_our_client(asked, authorization)
            or journey["redirect_uri"] != asked["redirect_uri"]
            or journey["code_challenge"] != challenge
        ):
            return None
        token = jwt.encode(
            self._claims(journey), self.key, algorithm="RS256", headers={"kid": _KEY_ID}
        )
        return {"access_token": "opens-nothing", "token_type": "Bearer", "id_token": token}

    def keys(self) -> dict[str, Any]:
        """What it publishes to check signatures by."""
        public = jwt.algorithms.RSAAlgorithm.to_jwk(self.published_key.public_key(), as_dict=True)
        return {"keys": [public | {"kid": _KEY_ID, "alg": "RS256", "use": "sig"}]}

    def _is_our_client(self, asked: dict[str, str], authorization: str) -> bool:
        if self.knows_client_by == "client_secret_post":
            return (asked.get("client_id"), asked.get("client_secret")) == (
                CLIENT_ID,
                CLIENT_SECRET,
            )
        shown = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        return authorization == f"Basic {shown}"

    def _claims(self, journey: dict[str, str]) -> dict[str, Any]:
        now = int(time.time())
        claims = {
            "iss": self.url,
            "aud": CLIENT_ID,
            "sub": "somebody",
            "iat": now,
            "exp": now + 60,
            "auth_time": now,
            "nonce": journey["nonce"],
        } | self.says
        return {name: value for name, value in claims.items() if value is not None}


class _Handler(BaseHTTPRequestHandler):
    provider: OpenIdProvider

    def do_GET(self) -> None:
        url, here = urlsplit(self.path), self.provider.url
        if url.path == "/authorize":
            self.send_response(302)
            self.send_header("Location", self.provider.authorize(dict(parse_qsl(url.query))))
            self.end_headers()
        elif url.path == "/keys":
            self._answer(self.provider.keys())
        else:
            self._answer(
                {
                    "issuer": here,
                    "authorization_endpoint": f"{here}/authorize",
                    "token_endpoint": f"{here}/token",
                    "jwks_uri": f"{here}/keys",
                    "token_endpoint_auth_methods_supported": [self.provider.knows_client_by],
                }
            )

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        tokens = self.provider.tokens(dict(parse_qsl(body)), self.headers.get("Authorization", ""))
        self._answer(tokens or {"error": "invalid_grant"}, status=200 if tokens else 400)

    def _answer(self, content: dict[str, Any], *, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())

    @override
    def log_message(self, format: str, *args: Any) -> None:
        """Tests are quiet."""
