//! A run that is killed in the middle of writing.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use crate::{connect, server_pid, signal, start};

/// Where the process that is killed keeps its database: this program again, with that in its environment.
const FOLDER: &str = "EMBEDDED_CHILD_FOLDER";
const KILLS: u64 = 20;

/// Not a test by itself: the process that the next test kills.
#[tokio::test(flavor = "multi_thread")]
async fn child_that_writes_until_killed() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let database = start(Path::new(&folder)).await.unwrap();
    let client = connect(&database).await;
    client.batch_execute("CREATE TABLE IF NOT EXISTS kept (n bigint)").await.unwrap();
    for n in client.query_one("SELECT count(*) FROM kept", &[]).await.unwrap().get::<_, i64>(0).. {
        if client.execute("INSERT INTO kept VALUES ($1)", &[&n]).await.is_err() {
            // Its server was killed a moment before it.
            std::future::pending::<()>().await;
        }
        println!("acknowledged {n}");
    }
}

/// Such a process.
pub struct Writer {
    process: Child,
    // While it is open the process can go on writing.
    said: BufReader<ChildStdout>,
    last: i64,
}

impl Writer {
    /// One that has written `rows` more rows, and writes on.
    pub fn start(folder: &Path, rows: usize) -> Self {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["killed::child_that_writes_until_killed", "--exact", "--nocapture"])
            .env(FOLDER, folder)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(process.stdout.take().unwrap());
        let acknowledged = said
            .by_ref()
            .lines()
            .map_while(Result::ok)
            .filter_map(|line| line.split("acknowledged ").nth(1)?.parse::<i64>().ok());
        let last = acknowledged.take(rows).last().unwrap();
        Self { process, said, last }
    }

    /// Kills it (SIGKILL); the last row that it said was written.
    pub fn kill(mut self) -> i64 {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        let rest = self.said.lines().map_while(Result::ok);
        let rest = rest.filter_map(|line| line.strip_prefix("acknowledged ")?.parse().ok());
        rest.last().unwrap_or(self.last)
    }
}

async fn rows(folder: &Path) -> i64 {
    let database = start(folder).await.unwrap();
    let client = connect(&database).await;
    let rows = client.query_one("SELECT count(*) FROM kept", &[]).await.unwrap().get(0);
    database.stop().await;
    rows
}

#[tokio::test(flavor = "multi_thread")]
async fn every_acknowledged_row_is_there_after_kill_9_of_the_run_or_of_the_server() {
    let folder = tempfile::tempdir().unwrap();
    let mut slowest = Duration::ZERO;
    let mut last = -1;
    for round in 0..KILLS {
        let started = Instant::now();
        let writer = Writer::start(folder.path(), 1);
        // Until its first row, which includes the start.
        if round > 0 {
            slowest = slowest.max(started.elapsed());
        }
        assert!(writer.last > last, "row {last} is lost: the next one was {}", writer.last);
        // In the middle of what it does next.
        tokio::time::sleep(Duration::from_millis(7 * (round % 10))).await;
        if round % 2 == 1 {
            signal(server_pid(folder.path()), "KILL");
        }
        last = writer.kill();
    }
    let count = rows(folder.path()).await;
    println!("{KILLS} kills, {count} rows, slowest start {slowest:?}");
    assert!(count > last, "{count} rows, {last} acknowledged");
    assert!(slowest < Duration::from_secs(5), "{slowest:?}");
}
