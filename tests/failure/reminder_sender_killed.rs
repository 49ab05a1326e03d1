//! The process that sends reminders is killed (SIGKILL) five times while five hundred are due, beside another one: each is sent, and
//! none twice to a receiver that knows it by its id.

use std::collections::BTreeMap;
use std::thread;
use std::time::{Duration, Instant};

use harness::{App, Database, EVERY_SCOPE, Options, WebhookReceiver};
use serde_json::json;
use uuid::Uuid;

const KILLS: usize = 5;
const USERS: usize = 25;
const REMINDERS_EACH: usize = 20;
/// How many a sender has in progress at most: so many users at a time, and so many reminders of each.
const MAX_IN_PROGRESS: usize = 8 * 8;
const SCHEDULER_SECRET: &str = "what the scheduler of this test knows";

fn start(database: Database, receiver: &WebhookReceiver, url: Option<&str>) -> App {
    let mut variables = vec![
        ("reminder_webhook_origin".to_owned(), receiver.origin.clone()),
        ("reminder_scheduler_secret".to_owned(), SCHEDULER_SECRET.to_owned()),
    ];
    variables.extend(url.map(|url| ("public_url".to_owned(), url.to_owned())));
    let secret = Some("a secret that all replicas have, 32 bytes or more".to_owned());
    App::start(Options { database, variables, secret, ..Options::default() }.without_quotas()).unwrap()
}

/// Adds tasks and reminders of them, due now, as if they had been added a while ago.
fn add_due(app: &App, user: Uuid) {
    app.sql(&format!(
        "INSERT INTO todo.tasks (user_id, id, title, title_key, created_at, updated_at, title_words, label_words, notes_words)
         SELECT '{user}', gen_random_uuid(), 'task ' || n, 'task ' || n, now(), now(), '', '', ''
         FROM generate_series(1, {REMINDERS_EACH}) AS n;
         INSERT INTO todo.reminders (user_id, id, task_id, remind_at, next_at, created_at)
         SELECT user_id, gen_random_uuid(), id, now(), now(), now() FROM todo.tasks WHERE user_id = '{user}'"
    ))
    .unwrap();
}

#[test]
fn each_reminder_is_sent_and_none_twice_to_a_receiver_that_knows_ids() {
    // Slow enough that a kill comes in the middle.
    let receiver = WebhookReceiver::start(&[], Duration::from_millis(150)).unwrap();
    let steady = start(Database::Shared, &receiver, None);
    let database = Database::At(steady.database_url.clone());
    let users: Vec<Uuid> = (0..USERS).map(|_| Uuid::new_v4()).collect();
    let mut secrets = Vec::new();
    for user in &users {
        let caller = steady.known_user(*user, EVERY_SCOPE, 900);
        let webhook = json!({ "url": format!("{}/{user}", receiver.origin) });
        let made = caller.request("PUT", "/api/v1/webhook").json(&webhook).send().expect(200).json();
        secrets.push(made["secret"].as_str().unwrap().to_owned());
    }
    let mut killed = start(database.clone(), &receiver, Some(&steady.url));
    users.iter().for_each(|user| add_due(&steady, *user));

    for kill in 0..KILLS {
        let scheduler = killed.nobody().with_token(SCHEDULER_SECRET);
        let sending = thread::spawn(move || {
            // Nobody answers: it is killed.
            let _ = scheduler.request("POST", "/scheduled/reminders").try_send();
        });
        thread::sleep(Duration::from_millis(250 + 50 * kill as u64));
        killed.kill();
        sending.join().unwrap();
        // As if the lease of what it had taken were over: with the other process' own, which is the harder case.
        steady.sql("UPDATE todo.reminders SET next_at = now() WHERE next_at IS NOT NULL").unwrap();
        killed = start(database.clone(), &receiver, Some(&steady.url));
    }

    let waiting = || steady.sql("SELECT count(*) FROM todo.reminders WHERE state <> 'sent'").unwrap();
    let starting = Instant::now();
    while waiting().trim() != "0" {
        assert!(starting.elapsed() < Duration::from_secs(120), "{} are not sent", waiting().trim());
        let scheduler = steady.nobody().with_token(SCHEDULER_SECRET);
        scheduler.request("POST", "/scheduled/reminders").send().expect(200);
        thread::sleep(Duration::from_millis(200));
    }

    let received = receiver.received();
    let mut by_id = BTreeMap::new();
    for webhook in &received {
        let secret = secrets.iter().zip(&users).find(|(_, user)| webhook.line.contains(&user.to_string()));
        assert!(webhook.is_signed_by(secret.unwrap().0), "{webhook:?}");
        // One id is one message, however often it comes.
        assert_eq!(by_id.entry(&webhook.id).or_insert(&webhook.text), &&webhook.text);
    }
    let again = received.len() - by_id.len();
    println!("{} messages, {again} of them again after {KILLS} kills", received.len());
    assert_eq!(by_id.len(), USERS * REMINDERS_EACH);
    let reminders: std::collections::BTreeSet<String> =
        received.iter().map(|webhook| webhook.json()["data"]["reminder_id"].to_string()).collect();
    assert_eq!(reminders.len(), USERS * REMINDERS_EACH);
    // What two processes had in progress at each kill, since the leases of both were ended.
    assert!(again <= 2 * KILLS * MAX_IN_PROGRESS, "{again}");
}
