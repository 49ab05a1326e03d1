"""What a client reads: resources, prompts, completions, skills."""

import hashlib
import json
import uuid
from typing import Any

from mcp import types
from mcp.shared.exceptions import MCPError
from pydantic import ConfigDict

from .tools import TOOLS

PROMPTS = {"plan_my_day", "weekly_review", "triage_overdue", "break_down_task"}


async def reads_resources(session):
    word = f"w{uuid.uuid4().hex[:12]}"
    task = await session.call("add_task", {"title": word, "due": "2020-01-01", "labels": [word]})
    uri = f"todo://tasks/{task['id']}"
    listed, cursor = [], None
    while cursor is not None or not listed:
        page = await session.client.list_resources(cursor=cursor)
        listed += [str(resource.uri) for resource in page.resources]
        cursor = page.next_cursor
    session.check("the agenda, tasks and skills are listed", {"todo://agenda/today", uri, "skill://add-task/SKILL.md"} <= set(listed))
    templates = (await session.client.list_resource_templates()).resource_templates
    uris = {template.uri_template for template in templates}
    session.check("the templates are listed", uris == {"todo://tasks/{id}", "todo://labels/{label}"}, uris)
    agenda = await read(session, "todo://agenda/today", "text/markdown")
    session.check("the agenda names what is overdue", word in agenda, agenda)
    session.check("a task reads as get_task gives it", json.loads(await read(session, uri, "application/json")) == task)
    labelled = json.loads(await read(session, f"todo://labels/{word}", "application/json"))
    session.check("a label reads as its open tasks", labelled == [task], labelled)
    try:
        await session.client.read_resource(f"todo://tasks/{uuid.uuid4()}")
        session.check("an unknown resource is refused", False)
    except MCPError as error:
        session.check("an unknown resource is refused", error.error.code in (-32002, -32602), error)
    return task


async def gets_prompts(session, task):
    prompts = (await session.client.list_prompts()).prompts
    session.check("the prompts are listed", {prompt.name for prompt in prompts} == PROMPTS, prompts)
    for prompt in prompts:
        arguments = {"break_down_task": {"task": task["title"]}, "triage_overdue": {"label": task["labels"][0]}}
        got = await session.client.get_prompt(prompt.name, arguments.get(prompt.name))
        whole = got.model_dump_json()
        session.check(f"the prompt {prompt.name} holds the person's tasks", task["title"] in whole, whole)
    try:
        await session.client.get_prompt("break_down_task")
        session.check("a missing argument is refused", False)
    except MCPError as error:
        session.check("a missing argument is refused", error.error.code == -32602, error)


async def completes_what_is_typed(session, task):
    label, title = task["labels"][0], task["title"]
    for what, ref, argument, value in (
        ("a label in a prompt", types.PromptReference(name="triage_overdue"), "label", label),
        ("a title in a prompt", types.PromptReference(name="break_down_task"), "task", title),
        ("a label in a URI", types.ResourceTemplateReference(uri="todo://labels/{label}"), "label", label),
        ("an id in a URI", types.ResourceTemplateReference(uri="todo://tasks/{id}"), "id", task["id"]),
    ):
        typed = value[:7] if argument != "id" else title
        values = (await session.client.complete(ref, {"name": argument, "value": typed})).completion.values
        session.check(f"{what} is completed", value in values, values)


class Loose(types.Result):
    """A result that the SDK has no model for."""

    model_config = ConfigDict(extra="allow")


class Raw(types.Request[dict[str, Any], str]):
    """A request that the SDK has no method for."""


class RawWithUri(Raw):
    """One that 2026-07-28 wants named in a header."""

    name_param = "uri"


async def reads_skills(session):
    """This SDK has no methods for skills, so requests of our own carry them."""
    send = session.client.session.send_request
    skills = (await send(Raw(method="skills/list", params={}), Loose)).model_dump()["skills"]
    names = {skill["frontmatter"]["name"].replace("-", "_") for skill in skills}
    session.check("each tool has a skill", names == TOOLS, names)
    uri = "skill://delete-tasks/SKILL.md"
    skill = (await send(RawWithUri(method="skills/get", params={"uri": uri}), Loose)).model_dump()["skill"]
    session.check("a skill is got by its URI", skill in skills, skill)
    for file in skill["resources"]:
        text = (await session.client.read_resource(file["uri"])).contents[0].text.encode()
        digest = "sha256:" + hashlib.sha256(text).hexdigest()
        session.check(f"{file['uri']} is what its digest says", digest == file["digest"] and len(text) == file["size"])
    root = {"uri": "skill://delete-tasks"}
    folder = (await send(RawWithUri(method="resources/directory/read", params=root), Loose)).model_dump()["resources"]
    uris = {entry["uri"] for entry in folder}
    session.check("a skill's folder is listed", uris == {uri, "skill://delete-tasks/references"}, uris)


async def read(session, uri, media_type):
    contents = (await session.client.read_resource(uri)).contents
    right = len(contents) == 1 and contents[0].mime_type == media_type and str(contents[0].uri) == uri
    session.check(f"{uri} is {media_type}", right, contents)
    return contents[0].text
