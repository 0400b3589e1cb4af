"""At the door: nobody gets at the window before it is known whose visit it is and that they may come in."""

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from icarus_ui.preference import wording_for
from icarus_ui.sharing.access import Access
from icarus_ui.sharing.rates import Rates
from icarus_ui.sharing.visits import Visits, remember

# The login page and what it is made of, addresses for who watches over the server (/metrics asks for the login
# itself), and what says that it was restarted.
_FOR_ALL = ("/login", "/logout", "/healthz", "/readyz", "/metrics", "/favicon.ico", "/robots.txt", "/gradio_api/app_id")

# Where a visit begins: with the page, or with what is sent by one from before a restart. As its number is drawn anew,
# nothing of any other visit can be got at with it.
_BEGINNINGS = ("/", "/gradio_api/queue/join", "/gradio_api/run/predict")


class Admission:
    """ASGI middleware: lets in, sends to the login page, or refuses; and no address may send too much."""

    def __init__(self, app: ASGIApp, access: Access, visits: Visits, rates: Rates) -> None:
        self.app = app
        self.access = access
        self.visits = visits
        self.rates = rates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with the visit it belongs to, or answer it here."""
        if scope["type"] != "http" or scope["path"] in _FOR_ALL or scope["path"].startswith("/icarus/"):
            await self.app(scope, receive, send)
            return
        wait = self.rates.request(scope) if scope["method"] == "POST" else 0
        if wait:
            await too_much(wording_for(scope).say("sharing", "too_much", seconds=wait), wait)(scope, receive, send)
            return
        await self._let_in(scope, receive, send)

    async def _let_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        visit, user = self.visits.read(Request(scope)), self._user_of_proxy(scope)
        if visit and (not self.access.user_header or visit.user == user):
            remember(scope, visit)
            await self.app(scope, receive, send)
        elif scope["path"] in _BEGINNINGS and (user or not (self.access.accounts or self.access.user_header)):
            carrier = Response()
            remember(scope, self.visits.begin(carrier, scope, user))
            await self.app(scope, receive, _with_cookie(send, carrier.headers["set-cookie"]))
        else:
            await self._refusal(scope)(scope, receive, send)

    def _user_of_proxy(self, scope: Scope) -> str:
        """Whom a proxy names; the header is still there only where the proxy is trusted. Named twice is not named."""
        given = Headers(scope=scope).getlist(self.access.user_header) if self.access.user_header else []
        return given[0].strip() if len(given) == 1 else ""

    def _refusal(self, scope: Scope) -> Response:
        if scope["path"] == "/" and self.access.accounts:
            return RedirectResponse("login", 303)
        say = wording_for(scope).say
        sentence = say("sharing", "not_named") if self.access.user_header else say("sharing", "stranger")
        return JSONResponse({"detail": sentence, "error": sentence}, 401)


def too_much(sentence: str, seconds: int) -> Response:
    """The answer to who sends too much: what is the matter, and after how many seconds to try again."""
    return JSONResponse({"detail": sentence, "error": sentence}, 429, {"Retry-After": str(seconds)})


def _with_cookie(send: Send, cookie: str) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], (b"set-cookie", cookie.encode("latin-1"))]}
        await send(message)

    return sending
