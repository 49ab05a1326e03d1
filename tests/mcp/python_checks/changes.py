"""Hearing of changes, made by another client or over REST."""

import asyncio
import warnings

import httpx2
from mcp import types
from mcp.client.subscriptions import ResourcesListChanged, ResourceUpdated

from .session import connect

AGENDA = "todo://agenda/today"


async def listens(url, token, mode, report):
    """2026-07-28: `subscriptions/listen`."""
    async with connect(url, token, mode) as client, connect(url, token, mode) as other:
        task = (await other.call_tool("add_task", {"title": "Watched"})).structured_content
        uri = f"todo://tasks/{task['id']}"
        async with client.listen(resources_list_changed=True, resource_subscriptions=[uri, AGENDA]) as heard:
            report.check(f"{mode}: the whole filter is honoured", set(heard.honored.resource_subscriptions) == {uri, AGENDA})
            await other.call_tool("update_task", {"id": task["id"], "title": "Watched, changed"})
            got = await events(heard, {ResourceUpdated(uri), ResourceUpdated(AGENDA)})
            report.check(f"{mode}: another client's change is heard", got is None, got)
            await add_over_rest(url, token)
            got = await events(heard, {ResourcesListChanged()})
            report.check(f"{mode}: a task added over REST is heard", got is None, got)


async def subscribes(url, token, mode, report):
    """The revisions before: `resources/subscribe`, told on the stream that the SDK opens with GET."""
    heard = asyncio.Queue()

    async def on_message(message):
        await heard.put(message)

    async with connect(url, token, mode, message_handler=on_message) as client, connect(url, token, mode) as other:
        task = (await other.call_tool("add_task", {"title": "Watched"})).structured_content
        uri = f"todo://tasks/{task['id']}"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # The method is deprecated, as it is in the specification.
            await client.subscribe_resource(uri)
        await asyncio.sleep(1)  # The SDK opens its stream in its own time, and says nothing of it.
        await other.call_tool("update_task", {"id": task["id"], "title": "Watched, changed"})
        got = await message(heard, types.ResourceUpdatedNotification)
        report.check(f"{mode}: another client's change is heard", got and str(got.params.uri) == uri, got)
        await add_over_rest(url, token)
        got = await message(heard, types.ResourceListChangedNotification)
        report.check(f"{mode}: a task added over REST is heard", got, got)


async def add_over_rest(url, token):
    async with httpx2.AsyncClient() as http:
        address = url.replace("/mcp", "/api/v1/tasks")
        answer = await http.post(address, json={"title": "By REST"}, headers={"Authorization": f"Bearer {token}"})
        answer.raise_for_status()


async def events(subscription, wanted):
    """Waits until all of these were heard; what is missing otherwise."""
    missing = set(wanted)
    try:
        async with asyncio.timeout(10):
            async for event in subscription:
                missing.discard(event)
                if not missing:
                    return None
    except TimeoutError:
        pass
    return missing


async def message(queue, kind):
    """The first message of this kind."""
    try:
        async with asyncio.timeout(10):
            while not isinstance(got := await queue.get(), kind):
                pass
            return got
    except TimeoutError:
        return None
