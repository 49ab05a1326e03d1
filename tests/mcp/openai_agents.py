"""The OpenAI Agents SDK (PyPI `openai-agents`) works with the server: an agent calls the tools that it finds there.

    python openai_agents.py --url http://127.0.0.1:3000/mcp --token TOKEN

The agent's model is a script on the loopback that speaks Chat Completions. One line per check; the exit code is 1 when one
fails. The SDK has no way to ask its user for the server, so the model is told how to confirm.
"""

import argparse
import asyncio
import json
import sys
import threading
import traceback
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx2
from agents import Agent, OpenAIChatCompletionsModel, Runner, set_tracing_disabled
from agents.mcp import MCPServerStreamableHttp
from openai import AsyncOpenAI

from python_checks.report import Report
from python_checks.tools import TOOLS


class ScriptedModel:
    """Answers each request with the next step of a script: a call that it makes of what the tools answered, or words."""

    def __init__(self, steps):
        self.steps = iter(steps)
        self.requests = []
        model = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                body = json.dumps(model.completion(request)).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_port}/v1"

    def completion(self, request):
        self.requests.append(request)
        step = next(self.steps)(said_by_tools(request))
        if isinstance(step, str):
            message, reason = {"role": "assistant", "content": step}, "stop"
        else:
            name, arguments = step
            function = {"name": name, "arguments": json.dumps(arguments)}
            call = {"id": f"call_{uuid.uuid4().hex}", "type": "function", "function": function}
            message, reason = {"role": "assistant", "content": None, "tool_calls": [call]}, "tool_calls"
        return {
            "id": f"chatcmpl-{len(self.requests)}", "object": "chat.completion", "created": 0, "model": "scripted",
            "choices": [{"index": 0, "message": message, "finish_reason": reason}],
            "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
        }


def said_by_tools(request):
    """What the tools answered so far, as the model reads it."""
    return [as_text(message["content"]) for message in request["messages"] if message["role"] == "tool"]


def as_text(content):
    text = content if isinstance(content, str) else "".join(part["text"] for part in content)
    try:
        item = json.loads(text)
    except ValueError:
        return text
    # The SDK hands a result's text on as the content that it came in.
    return item["text"] if isinstance(item, dict) and item.get("type") == "text" else text


async def in_the_list(url, token, word):
    """The tasks with this word, as REST sees them."""
    async with httpx2.AsyncClient(headers={"Authorization": f"Bearer {token}"}) as http:
        answer = await http.get(url.replace("/mcp", "/api/v1/tasks"), params={"text": word})
        answer.raise_for_status()
        return answer.json()["items"]


async def run(arguments):
    set_tracing_disabled(True)
    url, token, report = arguments.url, arguments.token, Report()
    word = f"w{uuid.uuid4().hex[:12]}"
    there_after_refusal = []

    def refused(said):
        there_after_refusal.extend(asyncio.run(in_the_list(url, token, word)))
        return "delete_task", {"id": json.loads(said[0])["id"], "confirm": True}

    model = ScriptedModel([
        lambda _: ("add_task", {"title": f"Buy {word}", "priority": "high"}),
        lambda _: ("list_tasks", {"text": word}),
        lambda said: ("delete_task", {"id": json.loads(said[1])["items"][0]["id"]}),
        refused,
        lambda _: "It is gone.",
    ])
    params = {"url": url, "headers": {"Authorization": f"Bearer {token}", "Time-Zone": "Europe/Berlin"}}
    async with MCPServerStreamableHttp(params=params, client_session_timeout_seconds=30) as server:
        scripted = OpenAIChatCompletionsModel("scripted", AsyncOpenAI(base_url=model.url, api_key="none"))
        agent = Agent("Tasks", instructions="Keep the list.", model=scripted, mcp_servers=[server])
        result = await Runner.run(agent, f"Buy {word}. No, don't.")
        listed = {tool.name for tool in await server.list_tools()}
        prompts = {prompt.name for prompt in (await server.list_prompts()).prompts}
        prompt = await server.get_prompt("plan_my_day")
    report.check("the server lists its tools", listed == TOOLS, listed)
    report.check("the server lists its prompts", "plan_my_day" in prompts, prompts)
    report.check("a prompt is got", len(prompt.messages) == 2, prompt)
    offered = {tool["function"]["name"] for tool in model.requests[0]["tools"]}
    report.check("the model is offered every tool", offered == TOOLS, offered)
    said = said_by_tools(model.requests[-1])
    report.check("the model adds a task", json.loads(said[0])["title"] == f"Buy {word}", said[0])
    report.check("the model lists it", len(json.loads(said[1])["items"]) == 1, said[1])
    report.check("the model is told how to confirm", '"confirm": true' in said[2], said[2])
    report.check("nothing is deleted before that", len(there_after_refusal) == 1, there_after_refusal)
    report.check("the model deletes it once it confirms", json.loads(said[3])["title"] == f"Buy {word}", said[3])
    report.check("it is gone", await in_the_list(url, token, word) == [])
    report.check("the run ends with the model's words", result.final_output == "It is gone.", result.final_output)
    return report.exit_code()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", required=True, help="the MCP endpoint")
    parser.add_argument("--token", required=True, help="an access token with the scopes tasks:read tasks:write tasks:delete")
    try:
        return asyncio.run(run(parser.parse_args()))
    except Exception:
        traceback.print_exc()
        return 1


if __name__ == "__main__":
    sys.exit(main())
