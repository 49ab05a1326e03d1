//! Two builds of the app side by side: what a change saves or costs. They take turns in short slices over one
//! PostgreSQL, and what counts is processor time a request, which a busy machine moves less than rates.

use std::path::PathBuf;
use std::time::Duration;

use harness::{App, Options};
use scratch_postgres::ScratchPostgres;

use crate::generator::send_load;
use crate::process::{children_time, processor_time};
use crate::requests::{self, NamedRequest};
use crate::{Error, data, targets};

/// How long one of them is under load before it is the other's turn.
const TURN_INTERVAL: Duration = Duration::from_millis(500);
/// How many connections send at once.
const CONNECTIONS: usize = 8;

/// The other build.
#[derive(Debug, Clone, Default)]
pub struct Other {
    /// Its host; the present one when left out.
    pub host: Option<PathBuf>,
    /// Its manifest, whose components are built; the present one when left out.
    pub manifest: Option<PathBuf>,
}

/// One build, running.
struct Build {
    app: App,
    load_requests: Vec<NamedRequest>,
}

/// Processor time of a build so far, and of the database for it.
#[derive(Debug, Clone, Copy, Default)]
struct Used {
    app: Duration,
    database: Duration,
    requests: u64,
}

impl Used {
    fn each(&self, time: Duration) -> f64 {
        time.as_secs_f64() * 1e6 / self.requests.max(1) as f64
    }
}

/// Fires at both in turns and prints what a request costs each.
pub async fn compare(other: &Other, rounds: u32) -> Result<(), Error> {
    let server = ScratchPostgres::start_with(&["synchronous_commit=off"])?;
    server.create_database("todo")?;
    let secret = "a secret of the benchmark, 32 bytes or more";
    let options = || targets::app_options(&server, secret);
    let present = Build::start(&server, options())?;
    let mut options = options();
    options.host.clone_from(&other.host);
    if let Some(manifest) = &other.manifest {
        options.manifest.clone_from(manifest);
    }
    let other = Build::start(&server, options)?;
    // The one that started last has set a password of its own.
    server.sql("todo", "ALTER ROLE todo_app LOGIN PASSWORD 'reference'")?;
    println!("microseconds of processor time a request: the app's and, for it, the database's\n");
    println!("| | this: app | database | other: app | database | **this ÷ other, app** | **both** |");
    println!("|---|--:|--:|--:|--:|--:|--:|");
    for (one, two) in present.load_requests.iter().zip(&other.load_requests) {
        let mut used = [Used::default(); 2];
        for _ in 0..rounds {
            for (used, (build, named)) in used.iter_mut().zip([(&present, one), (&other, two)]) {
                build.send_load(&server, named, used).await?;
            }
        }
        let [this, other] = used;
        let sum = |used: &Used| used.app + used.database;
        println!(
            "| {} | {:.0} | {:.0} | {:.0} | {:.0} | **{:.2}** | **{:.2}** |",
            one.name,
            this.each(this.app),
            this.each(this.database),
            other.each(other.app),
            other.each(other.database),
            this.each(this.app) / other.each(other.app),
            this.each(sum(&this)) / other.each(sum(&other)),
        );
    }
    Ok(())
}

impl Build {
    fn start(server: &ScratchPostgres, options: Options) -> Result<Self, Error> {
        let app = App::start(options)?;
        let alice = app.user();
        data::fill(server, &alice.id.to_string())?;
        let token = alice.token.as_deref().unwrap_or_default();
        let mut load_requests = requests::everyday(token);
        load_requests.extend(requests::against_python(token));
        Ok(Self { app, load_requests })
    }

    async fn send_load(
        &self,
        server: &ScratchPostgres,
        named: &NamedRequest,
        used: &mut Used,
    ) -> Result<(), Error> {
        let address = [self.app.url.trim_start_matches("http://").to_owned()];
        let before = (processor_time(self.app.pid()), children_time(server.pid()));
        let outcome = send_load(&address, &named.load_request, CONNECTIONS, TURN_INTERVAL).await?;
        used.app += processor_time(self.app.pid()).saturating_sub(before.0);
        used.database += children_time(server.pid()).saturating_sub(before.1);
        used.requests += outcome.requests;
        Ok(())
    }
}
