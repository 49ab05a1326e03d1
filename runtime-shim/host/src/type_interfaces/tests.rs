use super::*;
use wasmtime::component::InstancePre;
use wasmtime::{Config, Store};

/// A component that imports `interface`, with two resources and a function, and whose `run` calls the function.
fn importing(interface: &str) -> String {
    format!(
        r#"(component
             (import "{interface}" (instance $types
               (export "request" (type $request (sub resource)))
               (export "response" (type (sub resource)))
               (export "[static]request.make" (func (result (own $request))))))
             (alias export $types "[static]request.make" (func $make))
             (core func $make (canon lower (func $make)))
             (core module $calls
               (import "types" "make" (func $make (result i32)))
               (func (export "run") (drop (call $make))))
             (core instance $calls (instantiate $calls
               (with "types" (instance (export "make" (func $make))))))
             (func (export "run") (canon lift (core func $calls "run"))))"#
    )
}

fn link(engine: &Engine, interface: &str) -> wasmtime::Result<InstancePre<()>> {
    let component = Component::new(engine, wat::parse_str(importing(interface)).unwrap())?;
    let mut linker = Linker::new(engine);
    add_to_linker(&mut linker, &component)?;
    linker.instantiate_pre(&component)
}

fn engine() -> Engine {
    Engine::new(Config::new().wasm_component_model_async(true)).unwrap()
}

#[test]
fn a_listed_interface_is_there_and_a_call_of_it_says_that_it_is_not_offered() {
    let engine = engine();
    let pre = link(&engine, "wasi:http/types@0.3.0-rc-2026-03-15").unwrap();
    let mut store = Store::new(&engine, ());
    let instance = pre.instantiate(&mut store).unwrap();
    let run = instance.get_typed_func::<(), ()>(&mut store, "run").unwrap();
    let error = format!("{:#}", run.call(&mut store, ()).unwrap_err());
    let sentence = "wasi:http/types@0.3.0-rc-2026-03-15#[static]request.make is not offered by this host: \
                    this host offers wasi:http@0.3.0";
    assert!(error.contains(sentence), "{error}");
}

#[test]
fn what_is_not_listed_is_still_refused_by_name() {
    let engine = engine();
    for interface in ["wasi:http/types@0.3.0", "wasi:keyvalue/store@0.2.0-draft2", "fermyon:spin/redis"] {
        let error = format!("{:#}", link(&engine, interface).err().unwrap());
        assert!(error.contains(interface), "{error}");
    }
}
