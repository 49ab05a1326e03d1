//! Putting JSON documents together.

use serde_json::Value;

/// Adds what `addition` has; where both have an object, its members one by one.
pub(super) fn into(target: &mut Value, addition: Value) {
    match (target, addition) {
        (Value::Object(target), Value::Object(addition)) => {
            for (name, value) in addition {
                match target.get_mut(&name) {
                    Some(present) => into(present, value),
                    None => {
                        target.insert(name, value);
                    }
                }
            }
        }
        (target, addition) => *target = addition,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn members_of_both_are_kept() {
        let mut target = json!({"a": {"b": 1}, "c": [1]});
        super::into(&mut target, json!({"a": {"d": 2}, "c": [2], "e": null}));
        assert_eq!(target, json!({"a": {"b": 1, "d": 2}, "c": [2], "e": null}));
    }
}
