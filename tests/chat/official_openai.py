"""OpenAI's client and agents (PyPI `openai`, `openai-agents`) talk to the assistant as to a model.

    python official_openai.py --url http://127.0.0.1:3000 --token TOKEN

One line per check; the exit code is 1 when one fails. The built-in model answers.
"""

import argparse
import asyncio
import sys
import traceback
import uuid
from pathlib import Path

import openai
from agents import Agent, OpenAIChatCompletionsModel, Runner, SQLiteSession, set_tracing_disabled

sys.path.append(str(Path(__file__).parent.parent / "mcp"))
from python_checks.report import Report  # noqa: E402

MODEL = "todo-assistant"


def talk(client, report):
    """Whole answers: a conversation goes on because the client sends all of it."""
    word = f"w{uuid.uuid4().hex[:12]}"
    messages = [{"role": "system", "content": "You are a helpful assistant."}, {"role": "user", "content": f"add buy {word}"}]
    first = client.chat.completions.create(model=MODEL, messages=messages, temperature=0.2, max_tokens=100)
    said = first.choices[0].message
    report.check("a task is added", word in said.content and first.choices[0].finish_reason == "stop", first)
    report.check("the answer says what it cost", first.usage.total_tokens == first.usage.prompt_tokens + first.usage.completion_tokens, first)
    messages += [said.to_dict(), {"role": "user", "content": f"delete buy {word}"}]
    asked = client.chat.completions.create(model=MODEL, messages=messages)
    question = asked.choices[0].message
    report.check("it asks before it deletes", "?" in question.content and word in question.content, asked)
    report.check("it is the same conversation", asked.conversation_id == first.conversation_id, (first, asked))
    messages += [question.to_dict(), {"role": "user", "content": "yes"}]
    done = client.chat.completions.create(model=MODEL, messages=messages)
    report.check("a yes deletes", "delet" in done.choices[0].message.content.lower(), done)
    left = client.chat.completions.create(model=MODEL, messages=[{"role": "user", "content": f"find {word}"}])
    report.check("it is gone", f"“Buy {word}”" not in left.choices[0].message.content, left)


def stream(client, report):
    messages = [{"role": "user", "content": [{"type": "text", "text": "what is open?"}]}]
    options = {"include_usage": True}
    chunks = list(client.chat.completions.create(model=MODEL, messages=messages, stream=True, stream_options=options))
    said = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    report.check("words are streamed", len(said) > 5, chunks)
    report.check("the last chunk says what it cost", chunks[-1].usage is not None and chunks[-1].choices == [], chunks[-1])
    with client.chat.completions.stream(model=MODEL, messages=messages) as helper:
        final = helper.get_final_completion()
    report.check("the helper of the client puts them together", final.choices[0].message.content == said, final)


def models_and_errors(client, report):
    report.check("the assistant is listed", [model.id for model in client.models.list()] == [MODEL])
    report.check("the assistant is found", client.models.retrieve(MODEL).owned_by == MODEL)
    hello = [{"role": "user", "content": "hello"}]
    for name, error, code, request in [
        ("another model", openai.NotFoundError, "model_not_found", {"model": "gpt-4o", "messages": hello}),
        ("two answers", openai.UnprocessableEntityError, "invalid_input", {"model": MODEL, "messages": hello, "n": 2}),
        ("no words", openai.UnprocessableEntityError, "invalid_input", {"model": MODEL, "messages": [{"role": "user", "content": ""}]}),
    ]:
        try:
            client.chat.completions.create(**request)
            report.check(f"{name} is refused", False)
        except error as refused:
            report.check(f"{name} is refused", refused.code == code and bool(refused.message), refused)
    try:
        openai.OpenAI(base_url=str(client.base_url), api_key="none", max_retries=0).models.list()
        report.check("a wrong key is refused", False)
    except openai.AuthenticationError as refused:
        report.check("a wrong key is refused", refused.code == "invalid_token", refused)


async def agent(url, token, report):
    """An agent that has the assistant as its model, and a session that keeps what was said."""
    set_tracing_disabled(True)
    word = f"w{uuid.uuid4().hex[:12]}"
    model = OpenAIChatCompletionsModel(MODEL, openai.AsyncOpenAI(base_url=url, api_key=token))
    keeper = Agent("Tasks", instructions="Answer briefly.", model=model)
    session = SQLiteSession(word)
    added = await Runner.run(keeper, f"add call {word}", session=session)
    report.check("an agent adds a task", word in added.final_output, added.final_output)
    undone = Runner.run_streamed(keeper, "undo", session=session)
    async for _ in undone.stream_events():
        pass
    report.check("it knows in its next turn what it did", word in undone.final_output, undone.final_output)


def run(arguments):
    url, report = f"{arguments.url}/v1", Report()
    client = openai.OpenAI(base_url=url, api_key=arguments.token, max_retries=0)
    talk(client, report)
    stream(client, report)
    models_and_errors(client, report)
    asyncio.run(agent(url, arguments.token, report))
    return report.exit_code()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", required=True, help="the app")
    parser.add_argument("--token", required=True, help="an access token with every scope")
    try:
        return run(parser.parse_args())
    except Exception:
        traceback.print_exc()
        return 1


if __name__ == "__main__":
    sys.exit(main())
