"""The official Python SDK (PyPI `mcp`) works with the server unchanged, in both ways of speaking.

    python official_python_client.py --url http://127.0.0.1:3000/mcp --token TOKEN

One line per check; the exit code is 1 when one fails. With --read-only-token, a token of the same kind that has only the
scope tasks:read, it also checks what such a token may see and do.
"""

import argparse
import asyncio
import sys
import traceback

from python_checks import changes, confirmation, reading, tools, work
from python_checks.report import Report
from python_checks.session import Person, Session, connect

REVISIONS = {"legacy": "2025-11-25", "2026-07-28": "2026-07-28", "auto": "2026-07-28"}


async def with_a_person(url, token, mode, report):
    """A client whose user can be asked does all there is to do."""
    person = Person()
    async with connect(url, token, mode, person=person) as client:
        session = Session(client, mode, report, person)
        session.check("the revision is agreed on", client.protocol_version == REVISIONS[mode], client.protocol_version)
        await tools.lists_the_tools(session)
        await tools.does_the_main_job(session)
        await tools.says_what_is_wrong(session)
        await confirmation.asks_the_person(session)
        task = await reading.reads_resources(session)
        await reading.gets_prompts(session, task)
        await reading.completes_what_is_typed(session, task)
        await reading.reads_skills(session)


async def run(arguments):
    url, token, report = arguments.url, arguments.token, Report()
    for mode, revision in REVISIONS.items():
        await with_a_person(url, token, mode, report)
        async with connect(url, token, mode) as client:
            await confirmation.refuses_until_the_model_confirms(Session(client, f"{mode}, nobody to ask", report))
        if revision == "2026-07-28":
            await changes.listens(url, token, mode, report)
            await work.runs_as_tasks(url, token, mode, report, Person())
        else:
            await changes.subscribes(url, token, mode, report)
        if arguments.read_only_token:
            await tools.a_reader_may_only_read(url, arguments.read_only_token, mode, report)
    return report.exit_code()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", required=True, help="the MCP endpoint")
    parser.add_argument("--token", required=True, help="an access token with the scopes tasks:read tasks:write tasks:delete")
    parser.add_argument("--read-only-token", help="one with the scope tasks:read alone")
    try:
        return asyncio.run(run(parser.parse_args()))
    except Exception:
        traceback.print_exc()
        return 1


if __name__ == "__main__":
    sys.exit(main())
