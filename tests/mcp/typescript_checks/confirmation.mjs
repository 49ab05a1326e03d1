// The person's consent: asked through the SDK's handler, or by the model where a client has none.

import { newWord } from "./tools.mjs";

async function three(session, word) {
  const tasks = [];
  for (const n of [0, 1, 2]) {
    tasks.push((await session.call("add_task", { title: `${word} ${n}` })).id);
  }
  return tasks;
}

/** A client whose user can be asked. */
export async function asksThePerson(session) {
  const { person } = session;
  const word = newWord();
  const [first, ...rest] = await three(session, word);
  for (const [action, content] of [["decline"], ["cancel"], ["accept", { confirm: false }]]) {
    person.will(action, content);
    const said = await session.refusal("delete_task", { id: first });
    const [question] = person.questions;
    session.check(`${action}: the person is asked once`, person.questions.length === 1 && question.message.includes(word), person.questions);
    session.check(`${action}: the question is a box to tick`, question.requestedSchema.properties.confirm.type === "boolean", question);
    session.check(`${action}: the model is told`, said.includes("said no"), said);
    session.check(`${action}: the task is still there`, await session.isThere(first));
  }
  person.will("accept", { confirm: true });
  await session.call("delete_task", { id: first });
  session.check("an accepted question deletes", !(await session.isThere(first)));
  const done = await session.call("complete_tasks", { filter: { text: word } });
  session.check("complete_tasks asks, then completes", done.count === 2 && person.questions.length === 2, done);
  const gone = await session.call("delete_tasks", { filter: { ids: rest } });
  session.check("delete_tasks asks, then deletes", gone.count === 2 && person.questions.length === 3, gone);
  session.check("what was confirmed is gone", !(await session.isThere(rest[0])));

  const [kept] = await three(session, word);
  const these = { filter: { ids: [kept] } };
  for (const [name, args] of [["delete_task", { id: kept }], ["complete_tasks", these], ["delete_tasks", these]]) {
    person.will("decline");
    const said = await session.refusal(name, { ...args, confirm: true });
    session.check(`${name}: a call that says confirm is asked about all the same`, person.questions.length === 1, said);
    session.check(`${name}: and a no is a no`, said.includes("said no") && (await session.isThere(kept)), said);
  }
}

/** A client whose user can't be asked. */
export async function refusesUntilTheModelConfirms(session) {
  const [first, ...rest] = await three(session, newWord());
  const these = { filter: { ids: rest } };
  for (const [name, args] of [["delete_task", { id: first }], ["complete_tasks", these], ["delete_tasks", these]]) {
    const said = await session.refusal(name, args);
    session.check(`${name} says how to confirm`, said.includes('"confirm": true'), said);
    session.check(`${name} changes nothing unconfirmed`, await session.isThere(args.id ?? rest[0]));
    const done = await session.call(name, { ...args, confirm: true });
    session.check(`${name} does it once it is confirmed`, (done.count ?? 2) === 2, done);
  }
  session.check("what was confirmed is gone", !(await session.isThere(first)) && !(await session.isThere(rest[0])));
}
