"""The same tools, served by the official Python SDK: what the benchmark compares the app's MCP endpoint with, nothing else.

`server.py SETTINGS PORT` is one worker; the benchmark starts two, on a port each, and spreads its connections evenly over
them, which is the best that a shared port can come to. It is set up the way the SDK is fastest: its low-level server,
without sessions, answers in JSON, on uvloop and httptools, with the spans of OpenTelemetry off. Both ways of speaking
work; the benchmark uses revision 2026-07-28, for which the SDK makes no transport and no task per request.
"""

import contextlib
import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import uvicorn
from mcp.server.auth.middleware.auth_context import get_access_token
from mcp.server.auth.settings import AuthSettings
from mcp.server.lowlevel import Server
from mcp.types import INVALID_PARAMS, CallToolRequestParams
from mcp import MCPError
from pydantic import ValidationError
from pydantic_core import to_json

from tasks import NewTask, Tasks, TaskQuery
from tokens import Tokens


def server(settings: dict) -> Server:
    """The tools of the settings' listing; those that the benchmark calls do something."""
    # Read once: what is listed never changes, and a plain object spares the SDK one of its two passes over it.
    listing = {"resultType": "complete", "tools": settings["tools"], "ttlMs": 0, "cacheScope": "private"}
    schemas = {tool["name"]: tool["inputSchema"] for tool in settings["tools"]}

    @contextlib.asynccontextmanager
    async def lifespan(_: Server) -> AsyncIterator[Tasks]:
        async with Tasks.open(settings) as tasks:
            yield tasks

    async def list_tools(_context, _params):
        return listing

    async def call_tool(context, params: CallToolRequestParams):
        tasks: Tasks = context.lifespan_context
        user = get_access_token().subject
        try:
            match params.name:
                case "add_task":
                    result = await tasks.add(user, NewTask.model_validate(params.arguments or {}))
                case "list_tasks":
                    result = await tasks.list(user, TaskQuery.model_validate(params.arguments or {}))
                case name:
                    raise MCPError(code=INVALID_PARAMS, message=f"Unknown tool: {name}")
        except ValidationError as error:
            return {"resultType": "complete", "content": text(str(error)), "isError": True}
        written = to_json(result).decode()
        return {"resultType": "complete", "content": text(written), "structuredContent": result}

    app = Server(
        "todo-reference",
        version="1.0.0",
        lifespan=lifespan,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        # Spares a listing before every call.
        get_tool_input_schema=schemas.get,
    )
    app.middleware.clear()
    return app


def text(content: str) -> list[dict]:
    """Content that is one text."""
    return [{"type": "text", "text": content}]


def main() -> None:
    settings = json.loads(Path(sys.argv[1]).read_text())
    # Audience and issuer are checked by the verifier.
    auth = AuthSettings(issuer_url=settings["issuer"], resource_server_url=None)
    app = server(settings).streamable_http_app(
        stateless_http=True, json_response=True, auth=auth, token_verifier=Tokens(settings)
    )
    uvicorn.run(
        app, host="127.0.0.1", port=int(sys.argv[2]), loop="uvloop", http="httptools", access_log=False,
        log_level="warning",
    )


if __name__ == "__main__":
    main()
