"""Who is calling."""

import time

import jwt
from mcp.server.auth.provider import AccessToken

# How far the clocks of two machines may be apart, in seconds.
LEEWAY = 5


class Tokens:
    """Checks tokens (HS256) of one issuer, and remembers those it found good until they expire, as the app does."""

    def __init__(self, settings: dict) -> None:
        self._secret = settings["secret"]
        self._issuer = settings["issuer"]
        self._good: dict[str, AccessToken] = {}

    async def verify_token(self, token: str) -> AccessToken | None:
        known = self._good.get(token)
        if known is not None and known.expires_at + LEEWAY > time.time():
            return known
        try:
            claims = jwt.decode(
                token, self._secret, algorithms=["HS256"], issuer=self._issuer, audience=self._issuer, leeway=LEEWAY,
                options={"require": ["iss", "aud", "sub", "exp"]},
            )
        except jwt.InvalidTokenError:
            return None
        user = claims["sub"]
        access = AccessToken(
            token=token, client_id=user, subject=user, scopes=claims.get("scope", "").split(), expires_at=claims["exp"]
        )
        self._good[token] = access
        return access
