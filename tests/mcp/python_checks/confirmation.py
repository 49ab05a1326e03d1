"""The person's consent: asked through the SDK's callback, or by the model where a client has none."""

import json
import uuid

from .session import Session


async def asks_the_person(session):
    """A client whose user can be asked."""
    word = f"w{uuid.uuid4().hex[:12]}"
    tasks = [(await session.call("add_task", {"title": f"{word} {n}"}))["id"] for n in range(3)]
    for action, content in (("decline", None), ("cancel", None), ("accept", {"confirm": False})):
        session.person.will(action, content)
        said = await session.refusal("delete_task", {"id": tasks[0]})
        asked = session.person.questions
        session.check(f"{action} {content}: the person is asked once", len(asked) == 1 and word in asked[0].message, asked)
        session.check(f"{action} {content}: the model is told", "said no" in said, said)
        session.check(f"{action} {content}: the task is still there", await session.is_there(tasks[0]))
    box = asked[0].requested_schema["properties"]["confirm"]
    session.check("the question is a box to tick", box["type"] == "boolean", box)

    session.person.will("accept", {"confirm": True})
    await session.call("delete_task", {"id": tasks[0]})
    session.check("an accepted question deletes", not await session.is_there(tasks[0]))
    done = await session.call("complete_tasks", {"filter": {"text": word}})
    session.check("complete_tasks asks, then completes", done["count"] == 2 and len(session.person.questions) == 2, done)
    gone = await session.call("delete_tasks", {"filter": {"ids": tasks[1:]}})
    session.check("delete_tasks asks, then deletes", gone["count"] == 2 and len(session.person.questions) == 3, gone)
    session.check("what was confirmed is gone", not await session.is_there(tasks[1]))

    session.person.will("decline", None)
    kept = (await session.call("add_task", {"title": word}))["id"]
    these = {"filter": {"ids": [kept]}}
    for name, arguments in (("delete_task", {"id": kept}), ("complete_tasks", these), ("delete_tasks", these)):
        session.person.will("decline", None)
        said = await session.refusal(name, {**arguments, "confirm": True})
        session.check(f"{name}: a call that says confirm is asked about all the same", len(session.person.questions) == 1, said)
        session.check(f"{name}: and a no is a no", "said no" in said and await session.is_there(kept), said)
    tools = {tool.name: tool for tool in (await session.client.list_tools()).tools}
    for name in ("delete_task", "complete_tasks", "delete_tasks"):
        members = tools[name].input_schema["properties"]
        session.check(f"{name}: nobody is told of a member that does not count", "confirm" not in members, members)


async def refuses_until_the_model_confirms(session: Session):
    """A client whose user can't be asked."""
    word = f"w{uuid.uuid4().hex[:12]}"
    tasks = [(await session.call("add_task", {"title": f"{word} {n}"}))["id"] for n in range(3)]
    these = {"filter": {"ids": tasks[1:]}}
    for name, arguments in (("delete_task", {"id": tasks[0]}), ("complete_tasks", these), ("delete_tasks", these)):
        said = await session.refusal(name, arguments)
        session.check(f"{name} says how to confirm", '"confirm": true' in said, said)
        session.check(f"{name} changes nothing unconfirmed", await session.is_there(arguments.get("id", tasks[1])))
        done = await session.call(name, {**arguments, "confirm": True})
        session.check(f"{name} does it once it is confirmed", "count" not in done or done["count"] == 2, json.dumps(done))
    session.check("what was confirmed is gone", not any([await session.is_there(task) for task in tasks]))
