//! The commands in a document's fenced blocks.

/// A command, as it is typed: with the lines that a backslash, a pipe or a here-document carries it on to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// The document's path in the repository.
    pub document: String,
    /// The line it begins at, counted from one.
    pub line: usize,
    /// The heading it stands under, without its marks.
    pub section: String,
    /// What is typed.
    pub text: String,
}

/// Infos of blocks that hold commands; a block with another one is a file or an answer.
const INFOS: [&str; 4] = ["", "sh", "sh approval=required", "bash"];

/// All commands of a document, in their order.
pub fn commands(document: &str) -> Vec<Command> {
    let text = std::fs::read_to_string(crate::repository().join(document))
        .unwrap_or_else(|error| panic!("{document}: {error}"));
    let mut found = Vec::new();
    let mut section = String::new();
    let mut block: Option<&str> = None;
    let mut open: Option<Command> = None;
    for (number, line) in text.lines().enumerate() {
        match (block, line.strip_prefix("```")) {
            (None, Some(info)) => block = Some(info.trim()),
            (None, None) => {
                if line.starts_with('#') {
                    section = line.trim_start_matches('#').trim().to_owned();
                }
            }
            (Some(_), Some(_)) => {
                assert!(open.is_none(), "{document}:{number}: the block ends inside of a command");
                block = None;
            }
            (Some(info), None) if INFOS.contains(&info) => {
                let command = match open.take() {
                    Some(mut command) => {
                        command.text.push('\n');
                        command.text.push_str(line);
                        command
                    }
                    None if line.trim().is_empty() || line.starts_with('#') => continue,
                    None => Command {
                        document: document.to_owned(),
                        line: number + 1,
                        section: section.clone(),
                        text: line.to_owned(),
                    },
                };
                if goes_on(&command.text) {
                    open = Some(command);
                } else {
                    found.push(command);
                }
            }
            (Some(_), None) => {}
        }
    }
    assert!(block.is_none(), "{document}: a block is open at the end");
    found
}

/// Whether the next line belongs to the command.
fn goes_on(text: &str) -> bool {
    if let Some(end) = end_of_file(text) {
        return text.lines().skip(1).all(|line| line != end);
    }
    let last = text.lines().last().unwrap_or_default();
    last.ends_with('\\') || last.ends_with('|')
}

/// The word that ends a here-document which the first line begins.
fn end_of_file(text: &str) -> Option<&str> {
    let (_, rest) = text.lines().next()?.split_once(" << ")?;
    rest.split_whitespace().next().map(|word| word.trim_matches('\''))
}

/// The content of the file that `cat > NAME << …` of a document writes.
pub fn file_written_by(document: &str, name: &str) -> String {
    let start = format!("cat > {name} << ");
    let command = commands(document).into_iter().find(|command| command.text.starts_with(&start));
    let text = command.unwrap_or_else(|| panic!("{document} writes no {name}")).text;
    let lines: Vec<&str> = text.lines().collect();
    lines[1..lines.len() - 1].join("\n")
}

/// The lines `name = value` of a document's only block of that kind, as pairs; quotes and comments are taken off.
pub fn settings_in(document: &str, info: &str) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(crate::repository().join(document)).unwrap();
    let (_, rest) = text.split_once(&format!("```{info}\n")).unwrap();
    let block = rest.split("```").next().unwrap();
    let pair = |line: &str| {
        let (name, value) = line.split_once(" = ")?;
        let value = match value.strip_prefix('\'') {
            Some(quoted) => quoted.split('\'').next()?,
            None => value.split_whitespace().next()?,
        };
        Some((name.trim().to_owned(), value.to_owned()))
    };
    block.lines().filter_map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::{end_of_file, goes_on};

    #[test]
    fn a_command_ends_where_a_shell_would_run_it() {
        assert!(!goes_on("kubectl get pods"));
        assert!(goes_on("helm install todo \\") && goes_on("helm install todo \\\n  --wait |"));
        assert_eq!(end_of_file("psql << 'SQL'"), Some("SQL"));
        assert!(goes_on("cat > a << YAML\na: 1 |") && !goes_on("cat > a << YAML\na: 1\nYAML"));
    }
}
