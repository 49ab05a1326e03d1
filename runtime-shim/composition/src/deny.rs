//! Renaming imports in a component's binary.

use std::ops::Range;
use wasm_encoder::{Component, Encode, RawSection};
use wasmparser::{Parser, Payload};

/// `wasm` with its imports renamed where `rename` gives a name. Types and code stay as they are.
///
/// # Errors
/// When `wasm` is no valid component, in words.
pub(super) fn rename_imports(
    wasm: &[u8],
    rename: impl Fn(&str) -> Option<String>,
) -> Result<Vec<u8>, String> {
    let mut renamed = Component::new();
    let mut depth = 0_u32;
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload.map_err(|e| e.to_string())?;
        match &payload {
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => {
                if depth == 0 {
                    copy(&payload, wasm, &mut renamed)?;
                }
                depth += 1;
            }
            Payload::End(_) => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            Payload::ComponentImportSection(reader) => {
                let end = reader.range().end;
                let mut items = Vec::new();
                for item in reader.clone().into_iter_with_offsets() {
                    let (at, import) = item.map_err(|e| e.to_string())?;
                    items.push((at, import.name.name.to_owned()));
                }
                let mut body = Vec::new();
                items.len().encode(&mut body);
                for (index, (at, name)) in items.iter().enumerate() {
                    let next = items.get(index + 1).map_or(end, |(at, _)| *at);
                    let item = slice(wasm, *at..next)?;
                    match rename(name) {
                        Some(new) => rename_item(item, name, &new, &mut body)?,
                        None => body.extend_from_slice(item),
                    }
                }
                renamed.section(&RawSection { id: 10, data: &body });
            }
            _ => copy(&payload, wasm, &mut renamed)?,
        }
    }
    Ok(renamed.finish())
}

fn copy(payload: &Payload<'_>, wasm: &[u8], to: &mut Component) -> Result<(), String> {
    if let Some((id, range)) = payload.as_section() {
        to.section(&RawSection { id, data: slice(wasm, range)? });
    }
    Ok(())
}

fn slice(wasm: &[u8], range: Range<u64>) -> Result<&[u8], String> {
    let position = |at: u64| usize::try_from(at).map_err(|e| e.to_string());
    wasm.get(position(range.start)?..position(range.end)?)
        .ok_or_else(|| "a section outside of the file".to_owned())
}

/// An import is its name's form (one byte), the name (length and bytes), then what it is.
fn rename_item(item: &[u8], old: &str, new: &str, body: &mut Vec<u8>) -> Result<(), String> {
    let mut head = Vec::new();
    old.encode(&mut head);
    let (form, rest) = item.split_first().ok_or("an import without a name")?;
    let rest = rest.strip_prefix(head.as_slice()).ok_or("an import whose name has an unusual form")?;
    body.push(*form);
    new.encode(body);
    body.extend_from_slice(rest);
    Ok(())
}
