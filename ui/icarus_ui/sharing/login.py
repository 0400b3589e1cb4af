"""Log in and out, on a page of the house."""

import asyncio
from functools import partial

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from icarus_ui import render
from icarus_ui.preference import wording_for
from icarus_ui.sharing.accounts import Accounts
from icarus_ui.sharing.rates import Rate, address_of
from icarus_ui.sharing.visits import Visits

TRIES_PER_MINUTE = 10
_LONGEST = 200


def add_login(app: FastAPI, accounts: Accounts, visits: Visits) -> None:
    """Add the pages /login and /logout to an application."""
    tries = Rate(TRIES_PER_MINUTE)

    async def show(request: Request) -> Response:
        return _page(accounts, request)

    async def log_in(request: Request) -> Response:
        address = address_of(request.scope)
        wait, say = tries.wait(address), wording_for(request.scope).say
        if wait:
            return _page(accounts, request, say("login", "too_often", seconds=wait), 429, {"Retry-After": str(wait)})
        (name, password), named = await _typed(request), accounts.named
        if not await asyncio.to_thread(partial(accounts.admits, name, password)):  # a hash takes its time, on purpose
            return _page(accounts, request, say("login", "wrong_named") if named else say("login", "wrong"), 401)
        tries.give_back(address)  # counted before, so that many at once are not all let through
        response = RedirectResponse("./", 303)
        visits.begin(response, request.scope, name if named else "")
        return response

    async def log_out(request: Request) -> Response:
        response = RedirectResponse("login", 303)
        visits.end(response, request)
        return response

    app.add_api_route("/login", show, methods=["GET"], response_model=None)
    app.add_api_route("/login", log_in, methods=["POST"], response_model=None)
    app.add_api_route("/logout", log_out, methods=["POST"], response_model=None)


async def _typed(request: Request) -> tuple[str, str]:
    """Name and password as typed; '' for what is missing, or longer than anybody types."""
    async with request.form(max_files=0, max_fields=5) as form:
        name, password = (form.get(key) for key in ("name", "password"))
    return _short(name), _short(password)


def _short(value: object) -> str:
    return value if isinstance(value, str) and len(value) <= _LONGEST else ""


def _page(
    accounts: Accounts, request: Request, problem: str = "", status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    shown = render.login(wording_for(request.scope), accounts.named, problem)
    return HTMLResponse(shown, status, {"Cache-Control": "no-store", **(headers or {})})
