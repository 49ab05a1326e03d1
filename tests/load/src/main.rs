//! Measures the app against the native reference: one PostgreSQL, the same data, the same load, in one go. The two
//! take turns, round after round, so that whatever else the machine does hits both; what counts is the ratio.
//!
//! `cargo xtask bench` builds everything and runs this. Flags: `--rounds N` (3), `--seconds N` (4 per shot),
//! `--quick` (one round of one second, nothing written).

mod chart;
mod cold_start;
mod compare;
mod data;
mod generator;
mod memory;
mod process;
mod report;
mod sides;

/// Why a measurement can't be had.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The app or its database did not start.
    #[error(transparent)]
    Harness(#[from] harness::Error),
    /// PostgreSQL did not start.
    #[error(transparent)]
    Postgres(#[from] scratch_postgres::Error),
    /// A file, a process or a socket failed.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// An answer was not what the load expects.
    #[error("{0}")]
    Load(String),
    /// The command line makes no sense.
    #[error("usage: load [--rounds N] [--seconds N] [--quick]")]
    Usage,
}

/// How long to measure.
#[derive(Debug, Clone, Copy)]
pub struct Effort {
    rounds: u32,
    seconds: u64,
    write: bool,
}

fn effort(arguments: &[String]) -> Result<Effort, Error> {
    let mut effort = Effort { rounds: 3, seconds: 4, write: true };
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--quick" => effort = Effort { rounds: 1, seconds: 1, write: false },
            "--rounds" => {
                effort.rounds = words.next().and_then(|number| number.parse().ok()).ok_or(Error::Usage)?
            }
            "--seconds" => {
                effort.seconds = words.next().and_then(|number| number.parse().ok()).ok_or(Error::Usage)?
            }
            _ => return Err(Error::Usage),
        }
    }
    Ok(effort)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let effort = effort(&arguments)?;
    let sides = sides::start()?;
    let rows = compare::run(&sides, effort).await?;
    let memory = memory::after_many_requests(&sides.app).await?;
    let cold_start = cold_start::measure(&sides)?;
    let report = report::Report { rows, memory, cold_start, sizes: report::component_sizes()? };
    println!("{}", report.markdown());
    if effort.write {
        report.write()?;
    }
    Ok(())
}
