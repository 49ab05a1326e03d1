//! A model of two users' lists is kept beside the app; whatever they do, each sees exactly their own.

use std::collections::BTreeMap;

use harness::{App, Caller};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;

use crate::operations::{Action, Step, perform, steps};

/// One user with what they should see: title and completion by id.
struct User {
    caller: Caller,
    tasks: BTreeMap<String, (String, bool)>,
}

impl User {
    fn change(&mut self, id: &str, change: impl FnOnce(&mut (String, bool))) {
        if let Some(task) = self.tasks.get_mut(id) {
            change(task);
        }
    }
}

#[test]
fn each_user_sees_exactly_their_own_tasks_whatever_both_do() {
    let app = App::shared();
    let config = Config { cases: 32, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&steps(), |steps| {
        let mut users = [app.user(), app.user()].map(|caller| User { caller, tasks: BTreeMap::new() });
        for step in &steps {
            take(&mut users, step)?;
        }
        for user in &users {
            let page = user.caller.get("/api/v1/tasks?limit=100").expect(200).json();
            let seen: BTreeMap<String, (String, bool)> =
                page["items"].as_array().unwrap().iter().map(entry).collect();
            prop_assert_eq!(&seen, &user.tasks);
        }
        Ok(())
    });
    outcome.unwrap();
}

fn entry(task: &Value) -> (String, (String, bool)) {
    let title = task["title"].as_str().unwrap().to_owned();
    (task["id"].as_str().unwrap().to_owned(), (title, !task["completed_at"].is_null()))
}

fn take(users: &mut [User; 2], step: &Step) -> Result<(), TestCaseError> {
    let owned = &users[step.owner].tasks;
    let id = owned.keys().nth(step.pick % owned.len().max(1)).cloned();
    let needs_id = !matches!(
        step.action,
        Action::Add(_) | Action::List | Action::Search | Action::Overview | Action::Export
    );
    let Some(id) = id.or_else(|| (!needs_id).then(String::new)) else { return Ok(()) };
    let mine = step.user == step.owner;
    let user = &mut users[step.user];
    let answer = perform(&user.caller, step.endpoint, &step.action, &id);
    if needs_id && !mine {
        prop_assert!(answer.is_none(), "{:?} of another's task answered {:?}", step, answer);
        return Ok(());
    }
    // What is done already is no task to complete.
    let may_find_none = matches!(step.action, Action::CompleteMany);
    prop_assert!(answer.is_some() || may_find_none, "{:?} of an own task found nothing", step);
    let answer = answer.unwrap_or_default();
    match &step.action {
        Action::Add(_) => user.tasks.extend([entry(&answer)]),
        Action::Rename(title) => user.change(&id, |task| task.0.clone_from(title)),
        Action::Complete | Action::CompleteMany => user.change(&id, |task| task.1 = true),
        Action::Reopen => user.change(&id, |task| task.1 = false),
        Action::Delete | Action::DeleteMany => user.tasks.retain(|known, _| *known != id),
        Action::Read => prop_assert_eq!(&entry(&answer).1, &user.tasks[&id]),
        Action::List | Action::Search | Action::Export => {
            for task in answer["items"].as_array().unwrap() {
                prop_assert!(
                    user.tasks.contains_key(task["id"].as_str().unwrap()),
                    "a stranger's task: {}",
                    task
                );
            }
        }
        Action::Overview => {
            let open = user.tasks.values().filter(|task| !task.1).count();
            prop_assert_eq!(answer["open_count"].as_u64(), u64::try_from(open).ok());
        }
    }
    Ok(())
}
