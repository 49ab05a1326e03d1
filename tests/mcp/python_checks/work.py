"""Calls that run as tasks (extension io.modelcontextprotocol/tasks): a client's extension follows them to their end."""

import uuid
from typing import Any, Literal

import anyio
from mcp import types
from mcp.client.extension import ClientExtension, ResultClaim

from .reading import Loose, Raw
from .session import Session, connect


class TaskRequest(Raw):
    """2026-07-28 wants a task's id in a header."""

    name_param = "taskId"


class Created(types.Result):
    """What is answered in place of a result."""

    result_type: Literal["task"]
    task_id: str
    status: str
    poll_interval_ms: int


class Tasks(ClientExtension):
    """Waits for what comes of a task."""

    identifier = "io.modelcontextprotocol/tasks"

    def __init__(self):
        self.seen = []

    def claims(self):
        return [ResultClaim(result_type="task", model=Created, resolve=self.follow)]

    async def follow(self, created, context):
        self.seen.append(created)
        while True:
            task: dict[str, Any] = await send(context.session, "tasks/get", created.task_id)
            if task["status"] == "completed":
                return types.CallToolResult.model_validate(task["result"])
            if task["status"] != "working":
                raise RuntimeError(f"a task ended as {task}")
            await anyio.sleep(created.poll_interval_ms / 1000)


async def send(session, method, task_id):
    return (await session.send_request(TaskRequest(method=method, params={"taskId": task_id}), Loose)).model_dump()


async def runs_as_tasks(url, token, mode, report, person):
    tasks = Tasks()
    async with connect(url, token, mode, person=person, extensions=[tasks]) as client:
        session = Session(client, f"{mode}, tasks", report, person)
        word = f"w{uuid.uuid4().hex[:12]}"
        person.will("accept", {"confirm": True})
        for n in range(2):
            await session.call("add_task", {"title": f"{word} {n}"})
        these = {"filter": {"text": word}}
        document = await session.call("export_tasks", {"format": "markdown", **these})
        session.check("export_tasks runs as a task", len(tasks.seen) == 1 and document["count"] == 2, document)
        done = await session.call("complete_tasks", these)
        session.check("complete_tasks asks, then runs as a task", len(tasks.seen) == 2 and done["count"] == 2, done)
        gone = await session.call("delete_tasks", these)
        session.check("delete_tasks asks, then runs as a task", len(tasks.seen) == 3 and gone["count"] == 2, gone)
        session.check("the person was asked before each", len(person.questions) == 2, person.questions)
        await send(client.session, "tasks/cancel", tasks.seen[0].task_id)
        ended = await send(client.session, "tasks/get", tasks.seen[0].task_id)
        session.check("a task that is done can't be cancelled any more", ended["status"] == "completed", ended)
