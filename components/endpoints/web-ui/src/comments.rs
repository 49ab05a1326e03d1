//! Scripts as they are served: their comments, types among them, are for those who read the source.

/// A script without the lines that are comments alone, nearly a third of it. Each leaves an empty line, so that
/// places in an error are those of the source. No script has a text of several lines, in which a line could look like one.
pub fn left_out(script: &str) -> String {
    let mut served = String::with_capacity(script.len());
    let mut is_inside = false;
    for line in script.lines() {
        let text = line.trim_start();
        is_inside = is_inside || text.starts_with("/**");
        if !is_inside && !text.starts_with("//") {
            served.push_str(line);
        }
        served.push('\n');
        is_inside = is_inside && !text.ends_with("*/");
    }
    served
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scripts() -> impl Iterator<Item = (String, String)> {
        let folders = ["static", "static/chatkit"];
        let files = folders.into_iter().flat_map(|folder| std::fs::read_dir(folder).unwrap());
        files
            .map(|file| file.unwrap().path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "js"))
            .map(|path| (path.display().to_string(), std::fs::read_to_string(&path).unwrap()))
    }

    #[test]
    fn lines_that_are_comments_alone_are_empty_and_all_others_as_they_were() {
        let script =
            "// a\n/** b */\nlet c = \"//d\"; // e\n  /**\n   * f\n   */\n  g(/** @type {H} */ h);\n";
        assert_eq!(left_out(script), "\n\nlet c = \"//d\"; // e\n\n\n\n  g(/** @type {H} */ h);\n");
    }

    #[test]
    fn no_script_has_code_behind_a_comment_or_a_text_of_several_lines() {
        for (name, script) in scripts() {
            for (number, line) in script.lines().enumerate() {
                let place = format!("{name}:{}: {line}", number + 1);
                let text = line.trim();
                // Strings and regular expressions may hold one.
                let marks = text.replace("\"`\"", "").matches('`').count();
                let is_free = text.starts_with("//") || text.contains(" = /");
                assert!(is_free || marks % 2 == 0, "{place}");
                let is_comment = text.starts_with("/*") || text.starts_with("* ");
                assert!(!is_comment || text.find("*/").is_none_or(|at| at + 2 == text.len()), "{place}");
                assert!(!text.starts_with("/*") || text.starts_with("/**"), "{place}");
            }
        }
    }

    #[test]
    fn every_line_stays_where_it_was() {
        for (name, script) in scripts() {
            let served = left_out(&script);
            assert_eq!(served.lines().count(), script.lines().count(), "{name}");
            assert!(!served.contains("@param"), "{name}");
        }
    }
}
