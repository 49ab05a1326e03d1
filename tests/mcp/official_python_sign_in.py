"""The official Python SDK (PyPI `mcp`) signs a person in with nothing but the address of the server, and goes on when its access
token is over.

    python official_python_sign_in.py --url http://127.0.0.1:3000/mcp

The person is a script that clicks "Allow". One line per check; the exit code is 1 when one fails.
"""

import argparse
import asyncio
import sys
import traceback
from urllib.parse import urlsplit

import httpx2
from mcp import Client
from mcp.client.auth import OAuthClientProvider
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.auth import AuthorizationCodeResult, OAuthClientMetadata

from python_checks.browser import Browser
from python_checks.report import Report


class Memory:
    """What the program keeps."""

    def __init__(self):
        self.tokens, self.client = None, None

    async def get_tokens(self):
        return self.tokens

    async def set_tokens(self, tokens):
        self.tokens = tokens

    async def get_client_info(self):
        return self.client

    async def set_client_info(self, client_info):
        self.client = client_info


def provider(url, browser, memory, **options):
    """The SDK's own way of signing in, with a script for a person."""
    back = []

    async def open_browser(address):
        back.append(await browser.allow(address))

    async def wait_for_code():
        said = back.pop()
        return AuthorizationCodeResult(code=said["code"], state=said.get("state"), iss=said.get("iss"))

    metadata = OAuthClientMetadata(
        client_name="Official Python client",
        redirect_uris=["http://localhost:3030/callback"],
        grant_types=["authorization_code", "refresh_token"],
        response_types=["code"],
    )
    return OAuthClientProvider(url, metadata, memory, open_browser, wait_for_code, **options)


async def run(arguments):
    report, url = Report(), arguments.url
    parts = urlsplit(url)
    browser, memory = Browser(f"{parts.scheme}://{parts.netloc}"), Memory()
    await browser.sign_up()
    for mode in ("legacy", "auto"):
        auth = provider(url, browser, memory)
        async with Client(streamable_http_client(url, http_client=httpx2.AsyncClient(auth=auth, timeout=30)), mode=mode) as client:
            added = await client.call_tool("add_task", {"title": f"From {mode}"})
            report.check(f"{mode}: a tool is called", not added.is_error, added.content)
            first = memory.tokens
            report.check(f"{mode}: it can go on when its token is over", first.refresh_token is not None, first)
            # As after fifteen minutes.
            auth.context.token_expiry_time = 1
            listed = await client.call_tool("list_tasks", {})
            report.check(f"{mode}: it goes on", not listed.is_error, listed.content)
            report.check(f"{mode}: with a new token", memory.tokens.access_token != first.access_token)
            report.check(f"{mode}: and another refresh token", memory.tokens.refresh_token != first.refresh_token)
    report.check("the person was asked once, by name", len(browser.pages) == 1 and "Official Python client" in browser.pages[0])
    await browser.http.aclose()
    return report.exit_code()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", required=True, help="the MCP endpoint")
    try:
        return asyncio.run(run(parser.parse_args()))
    except Exception:
        traceback.print_exc()
        return 1


if __name__ == "__main__":
    sys.exit(main())
