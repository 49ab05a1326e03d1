// Calls over one connection that are held to what the server says of itself.

import { isDeepStrictEqual } from "node:util";

import { check } from "./report.mjs";

/** Answers what a server asks its user, and remembers the questions. */
export class Person {
  questions = [];
  answer = { action: "cancel" };

  will(action, content) {
    this.questions.length = 0;
    this.answer = content === undefined ? { action } : { action, content };
  }

  asked = async (request) => {
    this.questions.push(request.params);
    return this.answer;
  };
}

/** Tools called by a client of either SDK. `schemas` validates what each tool answers, where it was listed. */
export class Session {
  schemas = new Map();

  constructor(client, mode, person) {
    Object.assign(this, { client, mode, person });
  }

  check(what, holds, detail) {
    check(`${this.mode}: ${what}`, holds, detail);
  }

  async call(name, args) {
    const result = await this.client.callTool({ name, arguments: args });
    this.check(`${name} answers`, result.isError !== true, result.content);
    const valid = this.schemas.get(name);
    if (valid) {
      this.check(`${name} answers what its output schema says`, valid(result.structuredContent), valid.errors);
    }
    this.check(`${name} answers the same as text`, isDeepStrictEqual(JSON.parse(result.content[0].text), result.structuredContent), result.content);
    return result.structuredContent;
  }

  /** The words of a call that must fail. */
  async refusal(name, args) {
    const result = await this.client.callTool({ name, arguments: args });
    this.check(`${name} refuses ${JSON.stringify(args)}`, result.isError === true, result);
    return result.content[0].text;
  }

  /** Its problem, as the tool tells it to a model. */
  async problem(name, args) {
    return JSON.parse(await this.refusal(name, args));
  }

  async isThere(id) {
    return (await this.client.callTool({ name: "get_task", arguments: { id } })).isError !== true;
  }
}

/** The code of the error of what must fail; 0 where it did not. */
export const codeOf = (promise) => promise.then(() => 0, (error) => error.code);
