"""Whether questions can be answered: for whoever sends visitors here, such as a proxy or a container's keeper."""

import logging
from collections.abc import Callable

from starlette.responses import JSONResponse

from icarus.errors import IcarusError
from icarus_ui.desk import Front

_log = logging.getLogger(__name__)


def readiness(front: Front) -> Callable[[], JSONResponse]:
    """What answers at /readyz: 200 and the generation once its model is loaded, else 503; why stands in the log."""

    def ready() -> JSONResponse:
        try:
            desk = front()
            desk.prepare()
        except Exception as error:
            if not isinstance(error, IcarusError):
                _log.exception("The window is not ready.")
            else:
                _log.warning("The window is not ready: %s", error)
            return JSONResponse({"status": "not ready"}, 503)
        return JSONResponse({"status": "ready", "generation": desk.generation})

    return ready
