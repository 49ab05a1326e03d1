// The list that is read page by page, against a server that holds so many tasks.

import assert from "node:assert/strict";
import test from "node:test";

import { TaskList } from "../../components/endpoints/web-ui/static/task-list.js";

/** Open tasks, due on nothing; a page has as many as are asked for. */
function holding(tasks) {
  globalThis.fetch = async (path) => {
    const { pathname, searchParams } = new URL(path, "http://app");
    if (pathname === "/api/auth/token") return Response.json({ token: "a.b.c" });
    if (pathname === "/api/v1/overview") {
      return Response.json({ open_count: tasks.length, overdue_count: 0, due_today_count: 0, upcoming_count: 0 });
    }
    if (pathname !== "/api/v1/tasks") {
      const task = tasks.find(({ id }) => pathname.endsWith(`/${id}`));
      return task ? Response.json(task) : Response.json({ detail: "gone" }, { status: 404 });
    }
    const from = Number(searchParams.get("cursor") ?? 0);
    const to = from + Number(searchParams.get("limit"));
    return Response.json({ items: tasks.slice(from, to), next_cursor: to < tasks.length ? String(to) : null });
  };
}

const tasks = (count) => Array.from({ length: count }, (_, at) => ({ id: `task-${at}`, title: `Task ${at}`, labels: [], version: 1 }));
const ids = (list) => list.tasks.map(({ id }) => id);

test("every task comes once, in its order, however many pages they fill", async () => {
  for (const count of [0, 1, 49, 50, 51, 120, 260]) {
    const all = tasks(count);
    holding(all);
    const list = new TaskList();
    await list.reload();
    while (list.hasMore) {
      assert.equal(list.leftCount(), count - list.tasks.length);
      await list.loadMore();
    }
    assert.deepEqual(ids(list), all.map(({ id }) => id));
    // Read again, as many are there as before.
    assert.ok(await list.reload());
    assert.equal(list.tasks.length, count);
    assert.equal(list.openCount(), count);
  }
});

test("a task that was touched stays in sight behind the rows that are loaded, until it is gone", async () => {
  const all = tasks(200);
  holding(all);
  const list = new TaskList();
  await list.reload();
  list.keep(all[199]);
  await list.reload();
  assert.equal(ids(list).at(-1), "task-199");
  holding(all.slice(0, 199));
  await list.reload();
  assert.equal(list.tasks.length, 50);
});

test("only what was not seen before is fresh", async () => {
  holding(tasks(3));
  const list = new TaskList();
  await list.reload();
  assert.equal(list.fresh.size, 0);
  holding(tasks(5));
  await list.reload();
  assert.deepEqual([...list.fresh], ["task-3", "task-4"]);
});

test("of two readings the later one counts", async () => {
  holding(tasks(3));
  const list = new TaskList();
  const readings = await Promise.all([list.reload(), list.reload()]);
  assert.deepEqual(readings, [false, true]);
});
