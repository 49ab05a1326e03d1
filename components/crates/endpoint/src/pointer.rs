//! Paths as JSON Pointers (RFC 6901).

/// Adds one reference token, escaped (section 3).
pub(crate) fn push(pointer: &mut String, token: &str) {
    pointer.push('/');
    for character in token.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

/// Where serde stopped.
pub(crate) fn from_error_path(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut pointer = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => push(&mut pointer, &index.to_string()),
            Segment::Map { key } => push(&mut pointer, key),
            // An enum's variant is part of the type, not of the document.
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    pointer
}

/// What serde passed over.
pub(crate) fn from_ignored_path(path: &serde_ignored::Path<'_>) -> String {
    use serde_ignored::Path;
    match path {
        Path::Root => String::new(),
        Path::Seq { parent, index } => {
            let mut pointer = from_ignored_path(parent);
            push(&mut pointer, &index.to_string());
            pointer
        }
        Path::Map { parent, key } => {
            let mut pointer = from_ignored_path(parent);
            push(&mut pointer, key);
            pointer
        }
        Path::Some { parent } | Path::NewtypeStruct { parent } | Path::NewtypeVariant { parent } => {
            from_ignored_path(parent)
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn slashes_and_tildes_are_escaped() {
        let mut pointer = String::new();
        super::push(&mut pointer, "a/b~c");
        assert_eq!(pointer, "/a~1b~0c");
    }
}
