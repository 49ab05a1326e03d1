// The words of the two buttons below a question.

import assert from "node:assert/strict";
import test from "node:test";

import { answerWords } from "../../components/endpoints/web-ui/static/question.js";

test("a button says what a yes does, and to how many", () => {
  for (const [confirmation, words] of [
    [{ action: "delete_tasks", count: 1 }, ["Delete", "Keep it"]],
    [{ action: "delete_tasks", count: 1_200 }, ["Delete 1,200 tasks", "Keep them"]],
    [{ action: "complete_tasks", count: 2 }, ["Complete 2 tasks", "Leave them open"]],
    [{ action: "update_tasks", count: 1 }, ["Change", "Leave it"]],
    [{ action: "delete_tasks", count: 0, tool: "delete_tasks" }, ["Yes, delete", "No, keep them"]],
    [{ action: "run_tools", count: 3 }, ["Yes, do it", "No, don’t"]],
    [{ tool: "delete_task" }, ["Yes, delete", "No, keep it"]],
    [{}, ["Yes, do it", "No, don’t"]],
  ]) assert.deepEqual(answerWords(confirmation), words);
});
