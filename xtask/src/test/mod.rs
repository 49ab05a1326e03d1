//! `cargo xtask test`: chooses stages, runs them in lanes beside each other, and says what came of them.

mod changed;
mod outcome;
mod part;
mod schedule;

use crate::run::Error;
use crate::stages::{self, Depth, STAGES, Stage};

pub use part::run_here;

const USAGE: &str = "usage: cargo xtask test [--all] [--changed [BASE]] [STAGE…] [-- NAME…]";

const NAMES_OF_ONE: &str = "names of tests choose within one stage that is one program, such as browser, chart or cluster; \
    CONTRIBUTING.md says how to run one test of any other";

/// What to run.
pub struct Selection {
    stages: Vec<&'static Stage>,
    depth: Depth,
    /// Parts of the names of the tests that run; all run when there is none.
    names: Vec<String>,
}

impl Selection {
    /// From the words behind `test`.
    ///
    /// # Errors
    /// Unknown flags and stages; a base that git does not know; names of tests without a stage that takes them.
    pub fn parse(words: &[&str]) -> Result<Self, Error> {
        let end = words.iter().position(|word| *word == "--").unwrap_or(words.len());
        let (words, names) = words.split_at(end);
        let names: Vec<String> = names.iter().skip(1).map(|name| (*name).to_owned()).collect();
        let mut depth = Depth::First;
        let mut changed = false;
        let mut rest = Vec::new();
        for word in words {
            match *word {
                "--all" => depth = Depth::All,
                "--changed" => changed = true,
                flag if flag.starts_with('-') => return Err(Error::Usage(USAGE)),
                word => rest.push(word),
            }
        }
        if changed {
            let base = match *rest.as_slice() {
                [] => None,
                [base] => Some(base),
                _ => return Err(Error::Usage(USAGE)),
            };
            if !names.is_empty() {
                return Err(Error::Usage(USAGE));
            }
            let paths = changed::paths(base)?;
            return Ok(Self { stages: changed::touched(&paths), depth: Depth::All, names });
        }
        for name in &rest {
            stages::find(name)?;
        }
        if !names.is_empty() && !matches!(*rest, [stage] if stages::takes_names(stage)) {
            return Err(Error::Usage(NAMES_OF_ONE));
        }
        let chosen = |stage: &&Stage| match rest.is_empty() {
            true => stage.depth <= depth,
            false => rest.contains(&stage.name),
        };
        Ok(Self { stages: STAGES.iter().filter(chosen).collect(), depth, names })
    }
}

/// Runs the chosen stages and prints what came of each. A stage that fails keeps only those from running that need it.
///
/// # Errors
/// The words make no sense.
pub fn test(words: &[&str]) -> Result<bool, Error> {
    let Selection { stages, depth, names: tests } = Selection::parse(words)?;
    if stages.is_empty() {
        println!("no stage is touched\n0 passed, 0 failed");
        return Ok(true);
    }
    let names: Vec<&str> = stages.iter().map(|stage| stage.name).collect();
    println!("{} stages: {}", stages.len(), names.join(", "));
    let report = schedule::run(&stages, depth, &tests);
    println!("\n{report}");
    Ok(report.passed())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(words: &[&str]) -> Vec<&'static str> {
        Selection::parse(words).unwrap().stages.iter().map(|stage| stage.name).collect()
    }

    #[test]
    fn without_words_everything_of_the_first_depth_runs_and_with_all_everything() {
        assert!(names(&[]).contains(&"product") && !names(&[]).contains(&"cluster"));
        assert_eq!(names(&["--all"]).len(), STAGES.len());
    }

    #[test]
    fn what_is_named_runs_at_either_depth() {
        assert_eq!(names(&["cluster", "format"]), ["format", "cluster"]);
        assert_eq!(Selection::parse(&["--all", "hostile"]).unwrap().depth, Depth::All);
        assert_eq!(Selection::parse(&["hostile"]).unwrap().depth, Depth::First);
    }

    #[test]
    fn names_of_tests_choose_within_one_stage() {
        let chosen = Selection::parse(&["cluster", "--", "spinkube: ", "--exact"]).unwrap();
        assert_eq!(chosen.names, ["spinkube: ", "--exact"]);
        assert!(Selection::parse(&["chart", "--"]).unwrap().names.is_empty());
    }

    #[test]
    fn words_that_make_no_sense_are_refused() {
        for words in [
            &["--fast"][..],
            &["nothing"],
            &["--changed", "a", "b"],
            &["--", "golden"],
            &["product", "--", "tasks"],
            &["chart", "policy", "--", "golden"],
        ] {
            assert!(Selection::parse(words).is_err(), "{words:?}");
        }
    }

    #[test]
    fn a_stage_comes_after_those_it_needs() {
        for (at, stage) in STAGES.iter().enumerate() {
            for needed in stage.after {
                let place = STAGES.iter().position(|other| other.name == *needed);
                assert!(place.is_some_and(|place| place < at), "{} needs {needed}", stage.name);
            }
        }
    }
}
