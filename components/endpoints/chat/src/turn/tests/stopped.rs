//! A turn that the person stops makes no further call, and says what was done.

use super::consent::yes;
use super::*;

fn adds(count: usize) -> Vec<Event> {
    let add = |number: usize| call(&format!("c{number}"), "add_task", r#"{"title":"milk"}"#);
    (0..count).map(add).chain([Event::End]).collect()
}

fn stopped_before(mut scene: Scene, call: u32, turns: Vec<Vec<Event>>) -> Played {
    scene.lease.until = call;
    scene.play(turns)
}

#[test]
fn before_the_first_call_nothing_is_done_and_it_is_said() {
    let turn = vec![words("One moment."), call("a", "add_task", "{}"), Event::End];
    let played = stopped_before(Scene::saying("add milk"), 1, vec![turn]);
    let finished = played.result.unwrap();
    assert_eq!(played.called, Vec::<String>::new());
    assert!(finished.is_cancelled && finished.question.is_none());
    assert_eq!(finished.reply, "One moment.\n\nI stopped here, as you asked. Nothing was changed.");
    assert!(finished.steps[0].calls[0].outcome.as_ref().unwrap().failed);
    assert_eq!(played.given.len(), 1, "the model is not asked again");
}

#[test]
fn between_two_calls_the_second_is_not_made() {
    let played = stopped_before(Scene::saying("add two"), 2, vec![adds(3)]);
    let finished = played.result.unwrap();
    assert_eq!(played.called.len(), 1);
    assert!(
        finished.reply.contains("Done until then: ") && finished.reply.ends_with("The rest was not done.")
    );
    let failed = |place: usize| finished.steps[0].calls[place].outcome.as_ref().unwrap().failed;
    assert_eq!([failed(0), failed(1), failed(2)], [false, true, true]);
}

#[test]
fn calls_that_read_together_are_not_made_either() {
    let reads = vec![call("a", "list_tasks", "{}"), call("b", "get_task", r#"{"id":"7"}"#), Event::End];
    let played = stopped_before(Scene::saying("look"), 1, vec![reads]);
    assert_eq!(played.called, Vec::<String>::new());
    assert!(played.result.unwrap().is_cancelled);
}

#[test]
fn nobody_is_asked_any_more() {
    let deletion = vec![call("a", "delete_task", r#"{"id":"7"}"#), Event::End];
    let played = stopped_before(Scene::saying("delete milk"), 1, vec![deletion]);
    assert_eq!(played.called, Vec::<String>::new());
    assert_eq!(played.result.unwrap().question, None);
}

#[test]
fn of_several_confirmed_calls_the_later_ones_are_not_made() {
    let both = vec![
        call("a", "delete_tasks", r#"{"filter":{"label":"x"}}"#),
        call("b", "delete_task", r#"{"id":"7"}"#),
        Event::End,
    ];
    let held = Scene::saying("clear out").play(vec![both]).result.unwrap().question.unwrap().calls;
    let played = stopped_before(yes(held), 2, vec![]);
    assert_eq!(played.called.len(), 1);
    let finished = played.result.unwrap();
    assert!(finished.is_cancelled && finished.question.is_none());
}

#[test]
fn a_turn_that_lost_its_conversation_has_no_answer() {
    let mut scene = Scene::saying("add two");
    scene.lease.why = TurnError::TakenAway;
    let played = stopped_before(scene, 2, vec![adds(2)]);
    assert_eq!(played.called.len(), 1);
    assert_eq!(played.result.unwrap_err().error, TurnError::TakenAway);
}

#[test]
fn a_client_that_goes_away_and_does_not_come_back_stops_it() {
    struct Gone(u32);
    impl Progress for Gone {
        fn words(&mut self, _: &str) {}
        fn call(&mut self, _: &Call) {}
        fn result(&mut self, _: &Call, _: &Outcome) {
            self.0 += 1;
        }
        fn question(&mut self, _: &Question) {}
        fn is_wanted(&self) -> bool {
            self.0 == 0
        }
    }
    let Scene { begin, tools, lease, deadline } = Scene::saying("add two");
    let model = Script { turns: RefCell::new(vec![adds(2)].into()), given: RefCell::default() };
    let finished = block_on(run(begin, &model, &tools, &mut Gone(0), &lease, &deadline)).unwrap();
    assert_eq!(tools.calls.borrow().len(), 1);
    assert!(finished.is_cancelled);
}
