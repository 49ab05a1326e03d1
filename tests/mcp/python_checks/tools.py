"""Tools: what is listed of them, and what each does."""

import os
import uuid

from jsonschema import Draft202012Validator
from mcp.shared.exceptions import MCPError

from .session import connect

# All that there are, as the catalog names them: tests/clients/script.rs.
TOOLS = set(os.environ["TODO_TOOLS"].split())
READING = {"list_tasks", "get_task", "search_tasks", "overview", "export_tasks", "list_lists", "list_reminders", "list_actions"}


async def lists_the_tools(session):
    tools = (await session.client.list_tools()).tools
    session.check("every tool is listed", {tool.name for tool in tools} == TOOLS, [tool.name for tool in tools])
    for tool in tools:
        for schema in (tool.input_schema, tool.output_schema):
            Draft202012Validator.check_schema(schema)
        closed = tool.input_schema["additionalProperties"] is False and tool.output_schema["additionalProperties"] is False
        session.check(f"{tool.name} takes and gives closed objects", closed)
        said = tool.title and tool.description and tool.annotations.open_world_hint is False
        session.check(f"{tool.name} says what it is", said, tool)
        examples = tool.input_schema.get("examples", [])
        wrong = [e for e in examples if list(Draft202012Validator(tool.input_schema).iter_errors(e))]
        session.check(f"the examples of {tool.name} fit its schema", not wrong, wrong)
        session.schemas[tool.name] = tool.output_schema
    hints = {tool.name: tool.annotations for tool in tools}
    destructive = {n for n, h in hints.items() if h.destructive_hint}
    session.check("what deletes is destructive, and nothing else", destructive == {"delete_task", "delete_tasks", "delete_list"}, destructive)
    session.check("reading tools say so", {n for n, h in hints.items() if h.read_only_hint} == READING)


async def does_the_main_job(session):
    """Each of the tools does its work; the person, where the client can ask them, agrees to all of it."""
    word = f"w{uuid.uuid4().hex[:12]}"
    session.person.will("accept", {"confirm": True})
    task = await session.call(
        "add_task", {"title": f"Buy {word}", "due": "2031-03-05T18:00:00+01:00", "priority": "high", "labels": ["Shop"]}
    )
    session.check("labels are folded", task["labels"] == ["shop"], task)
    session.check("the caller's time zone is used", task["time_zone"] == "Europe/Berlin", task)
    one = {"id": task["id"]}
    session.check("get_task reads it", await session.call("get_task", one) == task)
    page = await session.call("list_tasks", {"label": "shop", "text": word, "limit": 1})
    session.check("list_tasks lists it", page["items"] == [task], page)
    found = await session.call("search_tasks", {"query": word})
    session.check("search_tasks finds it", found["items"] == [task], found)
    changed = await session.call("update_task", {**one, "title": f"Get {word}", "version": task["version"]})
    session.check("update_task changes it", changed["title"] == f"Get {word}" and changed["version"] > task["version"], changed)
    stale = await session.problem("update_task", {**one, "title": "Too late", "version": task["version"]})
    session.check("a stale version is a conflict", stale["type"] == "/problems/version-conflict", stale)
    done = await session.call("complete_task", one)
    session.check("complete_task completes it", done["completed_at"] is not None, done)
    again = await session.call("reopen_task", one)
    session.check("reopen_task reopens it", again["completed_at"] is None, again)
    overview = await session.call("overview", {})
    session.check("overview counts it", overview["open_count"] >= 1, overview)
    document = await session.call("export_tasks", {"format": "csv", "filter": {"text": word}})
    session.check("export_tasks writes it down", document["count"] == 1 and word in document["text"], document)
    these = {"filter": {"ids": [task["id"]]}}
    would = await session.call("delete_tasks", {**these, "dry_run": True})
    session.check("a dry run of delete_tasks says what would go", would["ids"] == [task["id"]], would)
    session.check("nobody is asked before there is anything to agree to", not session.person.questions)
    many = await session.call("complete_tasks", these)
    session.check("complete_tasks completes it", many["count"] == 1 and many["remaining"] == 0, many)
    empty = await session.problem("delete_tasks", {"filter": {}})
    session.check("delete_tasks wants a filter", empty["errors"][0]["pointer"] == "/filter", empty)
    await session.call("delete_task", one)
    session.check("the person was asked twice", len(session.person.questions) == 2, session.person.questions)
    gone = await session.problem("get_task", one)
    session.check("delete_task deletes it", gone["type"] == "/problems/task-not-found", gone)


async def says_what_is_wrong(session):
    wrong = await session.problem("add_task", {"title": "", "colour": "red"})
    pointers = {error["pointer"] for error in wrong["errors"]}
    session.check("an unknown member is named", "/colour" in pointers, wrong)
    empty = await session.problem("add_task", {"title": " "})
    session.check("an empty title is named", empty["errors"][0]["pointer"] == "/title", empty)
    try:
        await session.client.call_tool("no_such_tool", {})
        session.check("an unknown tool is refused", False)
    except MCPError as error:
        session.check("an unknown tool is refused", error.error.code == -32602, error)


async def a_reader_may_only_read(url, token, mode, report):
    async with connect(url, token, mode) as client:
        names = {tool.name for tool in (await client.list_tools()).tools}
        report.check(f"{mode}: a token for reading lists the reading tools", names == READING, names)
        title = f"Not allowed {uuid.uuid4()}"
        try:
            await client.call_tool("add_task", {"title": title})
            refused = False
        except Exception:  # Whichever error the SDK makes of a 403.
            refused = True
        report.check(f"{mode}: a token for reading adds nothing", refused)
    async with connect(url, token, mode) as client:
        found = (await client.call_tool("search_tasks", {"query": title})).structured_content
        report.check(f"{mode}: nothing was added", found["items"] == [], found)
