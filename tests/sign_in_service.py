"""An organisation's sign-in service that speaks OpenID Connect on loopback: discovery, codes with PKCE, signed tokens.

Its people choose who they are on its page. What it says of them can be bent, so that tests see what Solmu believes.
"""

import json
import secrets
import threading
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from solmu.kernel import clock

CLIENT, SECRET = "solmu", "only Solmu and the service know this"
MINUTES = 5 * 60


class Refused(Exception):
    """The client asked for what the protocol forbids; the text says what."""


@dataclass
class Service:
    """The service's state: `people` by subject with the claims about each; `bent` changes what tokens claim."""

    address: str = ""
    return_to: str = ""  # the only address to which anybody is sent back
    people: dict[str, dict] = field(default_factory=dict)
    bent: dict = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)  # what clients were refused
    broken: bool = False  # answers every client with an error
    _codes: dict[str, dict] = field(default_factory=dict)
    _tokens: dict[str, str] = field(default_factory=dict)
    _key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))

    def knows(self, subject: str, email: str, **claims) -> None:
        """Somebody of the organisation, with an address that the service has verified."""
        self.people[subject] = {"email": email, "email_verified": True} | claims

    def discovery(self) -> dict:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "code_challenge_methods_supported": ["S256"],
        }

    def keys(self) -> dict:
        key = RSAAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        return {"keys": [key | {"kid": "the only one", "alg": "RS256", "use": "sig"}]}

    def may_ask(self, asked: dict) -> None:
        """Whether a client may send somebody to sign in."""
        _require(asked.get("client_id") == CLIENT, "an unknown client")
        _require(asked.get("redirect_uri") == self.return_to, f"a foreign return address {asked.get('redirect_uri')}")
        _require(asked.get("response_type") == "code", "another flow than that of codes")
        _require("openid" in asked.get("scope", "").split(), "no openid in the scope")
        _require(asked.get("code_challenge_method") == "S256" and asked.get("code_challenge"), "no PKCE")
        _require(bool(asked.get("state")), "no state")

    def sends_back(self, asked: dict, subject: str) -> str:
        """The address to which somebody who has signed in is sent: with a code for the client."""
        code = secrets.token_urlsafe()
        self._codes[code] = {"subject": subject, **asked}
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, sent: dict, client: str) -> dict:
        """Tokens for a code, once, for the client that asked."""
        _require(client == f"{CLIENT}:{SECRET}", "a client without its secret")
        asked = self._codes.pop(sent.get("code"), None)
        _require(asked is not None, "a code that is unknown or used")
        _require(sent.get("redirect_uri") == asked["redirect_uri"], "another return address than at first")
        challenge = urlsafe_b64encode(sha256(sent.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        _require(challenge == asked["code_challenge"], "a wrong verifier")
        access = secrets.token_urlsafe()
        self._tokens[access] = asked["subject"]
        return {"access_token": access, "token_type": "Bearer", "id_token": self._id_token(asked["subject"])}

    def _id_token(self, subject: str) -> str:
        now = int(clock.now().timestamp())
        claims = {"iss": self.address, "aud": CLIENT, "sub": subject, "iat": now, "exp": now + MINUTES} | self.bent
        return jwt.encode(claims, self._key, algorithm="RS256", headers={"kid": "the only one"})

    def userinfo(self, bearer: str) -> dict:
        subject = self._tokens.get(bearer)
        _require(subject is not None, "a token that is unknown")
        return {"sub": subject, **self.people[subject]}


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise Refused(what)


@contextmanager
def running_service() -> Iterator[Service]:
    """A service that answers until the end of the block."""
    service = Service()

    handler = type("Handler", (_Handler,), {"service": service})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    service.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    service: Service

    def do_GET(self) -> None:
        place = urlsplit(self.path)
        asked = dict(parse_qsl(place.query))
        match place.path:
            case "/.well-known/openid-configuration":
                self._json(self.service.discovery)
            case "/keys":
                self._json(self.service.keys)
            case "/userinfo":
                bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
                self._json(lambda: self.service.userinfo(bearer))
            case "/authorize":
                self._page(asked)
            case _:
                self.send_error(404)

    def do_POST(self) -> None:
        sent = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        place = urlsplit(self.path)
        if place.path == "/token":
            basic = self.headers.get("Authorization", "").removeprefix("Basic ")
            self._json(lambda: self.service.token(sent, b64decode(basic).decode()))
        else:
            self._sends_back(dict(parse_qsl(place.query)), sent)

    def _page(self, asked: dict) -> None:
        try:
            self.service.may_ask(asked)
        except Refused as refused:
            self._refuse(refused)
            return
        people = "".join(
            f'<button name="subject" value="{escape(subject)}">{escape(claims["email"])}</button>'
            for subject, claims in self.service.people.items()
        )
        cancel = '<button name="error" value="access_denied">Cancel</button>'
        head = '<!doctype html><title>Who are you?</title><link rel="icon" href="data:,"><h1>Who are you?</h1>'
        page = f'{head}<form method="post">{people}{cancel}</form>'
        self._answer(200, page.encode(), "text/html; charset=utf-8")

    def _sends_back(self, asked: dict, sent: dict) -> None:
        self.service.may_ask(asked)
        if "error" in sent:
            where = f"{asked['redirect_uri']}?{urlencode({'error': sent['error'], 'state': asked['state']})}"
        else:
            where = self.service.sends_back(asked, sent["subject"])
        self.send_response(303)
        self.send_header("Location", where)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _json(self, made) -> None:
        if self.service.broken:
            self._answer(503, b"out of order", "text/plain")
            return
        try:
            self._answer(200, json.dumps(made()).encode(), "application/json")
        except Refused as refused:
            self._refuse(refused)

    def _refuse(self, refused: Refused) -> None:
        self.service.faults.append(str(refused))
        self._answer(400, json.dumps({"error": str(refused)}).encode(), "application/json")

    def _answer(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_line) -> None:
        """Says nothing among the tests' own lines."""
