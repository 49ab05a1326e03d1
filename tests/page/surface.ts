// The element is held to the type declarations of OpenAI's package: what takes theirs takes ours. Checked, never run.

import type { ChatKitEvents, OpenAIChatKit } from "@openai/chatkit";

import { ChatKitElement } from "../../components/endpoints/web-ui/static/chatkit/element.js";

/** Every method of theirs, with its parameters and what it answers. What it listens to is told in `surface.test.mjs`. */
type Methods = Omit<OpenAIChatKit, keyof HTMLElement>;
const methods: Methods = new ChatKitElement();
methods.setOptions({ api: { url: "/chatkit", domainKey: "local-dev" } });

/** A page listens to it as to theirs. */
const element = new ChatKitElement() as OpenAIChatKit;
element.addEventListener("chatkit.effect", ({ detail }: ChatKitEvents["chatkit.effect"]) => detail.name);
