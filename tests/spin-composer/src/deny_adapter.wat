;; What Spin plugs into a dependency that does not inherit everything, in short: an adapter that answers for what is
;; denied. Its imports are types alone, and stay imports of the whole composition: those that the adapter of Spin 4.1 has, as
;; far as they are of types. Spin's is compiled from Rust and exports some forty interfaces; this one exports four.
(component
  (import "wasi:http/types@0.2.6" (instance
    (export "request-options" (type (sub resource)))
    (export "outgoing-request" (type (sub resource)))
    (export "future-incoming-response" (type (sub resource)))))
  (import "wasi:http/types@0.3.0-rc-2026-03-15" (instance
    (export "request" (type (sub resource)))
    (export "response" (type (sub resource)))))
  (import "wasi:http/types@0.3.0" (instance
    (export "request" (type (sub resource)))
    (export "response" (type (sub resource)))))
  (import "fermyon:spin/http-types" (instance
    (type (enum "get" "post" "put" "delete" "patch" "head" "options"))
    (export "method" (type (eq 0)))
    (type string)
    (export "uri" (type (eq 2)))
    (type (tuple string string))
    (type (list 4))
    (export "headers" (type (eq 5)))
    (type (list 4))
    (export "params" (type (eq 7)))
    (type (list u8))
    (export "body" (type (eq 9)))
    (type (option 10))
    (type (record (field "method" 1) (field "uri" 3) (field "headers" 6) (field "params" 8) (field "body" 11)))
    (export "request" (type (eq 12)))
    (type u16)
    (export "http-status" (type (eq 14)))
    (type (option 6))
    (type (record (field "status" 15) (field "headers" 16) (field "body" 11)))
    (export "response" (type (eq 17)))
    (type (enum "success" "destination-not-allowed" "invalid-url" "request-error" "runtime-error" "too-many-requests"))
    (export "http-error" (type (eq 19)))))
  (import "fermyon:spin/rdbms-types" (instance
    (type (list u8))
    (type (variant
        (case "boolean" bool) (case "int8" s8) (case "int16" s16) (case "int32" s32) (case "int64" s64)
        (case "uint8" u8) (case "uint16" u16) (case "uint32" u32) (case "uint64" u64) (case "floating32" f32)
        (case "floating64" f64) (case "str" string) (case "binary" 0) (case "db-null")))
    (export "parameter-value" (type (eq 1)))
    (type (enum
        "boolean" "int8" "int16" "int32" "int64" "uint8" "uint16" "uint32" "uint64" "floating32" "floating64"
        "str" "binary" "other"))
    (export "db-data-type" (type (eq 3)))
    (type (record (field "name" string) (field "data-type" 4)))
    (export "column" (type (eq 5)))
    (type (variant
        (case "boolean" bool) (case "int8" s8) (case "int16" s16) (case "int32" s32) (case "int64" s64)
        (case "uint8" u8) (case "uint16" u16) (case "uint32" u32) (case "uint64" u64) (case "floating32" f32)
        (case "floating64" f64) (case "str" string) (case "binary" 0) (case "db-null") (case "unsupported")))
    (export "db-value" (type (eq 7)))
    (type (list 8))
    (export "row" (type (eq 9)))
    (type (list 6))
    (type (list 10))
    (type (record (field "columns" 11) (field "rows" 12)))
    (export "row-set" (type (eq 13)))))
  (import "fermyon:spin/redis-types" (instance
    (type (list u8))
    (export "payload" (type (eq 0)))
    (type (variant (case "int64" s64) (case "binary" 1)))
    (export "redis-parameter" (type (eq 2)))
    (type (variant (case "nil") (case "status" string) (case "int64" s64) (case "binary" 1)))
    (export "redis-result" (type (eq 4)))
    (type (enum "success" "error"))
    (export "error" (type (eq 6)))))
  (import "wasi:filesystem/types@0.2.6" (instance $files-0-2
    (export "descriptor" (type (sub resource)))))
  (import "wasi:filesystem/types@0.3.0-rc-2026-03-15" (instance $files-0-3-rc
    (export "descriptor" (type (sub resource)))))
  (import "wasi:filesystem/types@0.3.0" (instance
    (export "descriptor" (type (sub resource)))))
  (import "wasi:sockets/types@0.3.0-rc-2026-03-15" (instance
    (type (tuple u8 u8 u8 u8))
    (export "ipv4-address" (type (eq 0)))
    (type (tuple u16 u16 u16 u16 u16 u16 u16 u16))
    (export "ipv6-address" (type (eq 2)))
    (type (variant (case "ipv4" 1) (case "ipv6" 3)))
    (export "ip-address" (type (eq 4)))))
  (import "wasi:sockets/types@0.3.0" (instance
    (type (tuple u8 u8 u8 u8))
    (export "ipv4-address" (type (eq 0)))
    (type (tuple u16 u16 u16 u16 u16 u16 u16 u16))
    (export "ipv6-address" (type (eq 2)))
    (type (variant (case "ipv4" 1) (case "ipv6" 3)))
    (export "ip-address" (type (eq 4)))))
  (import "fermyon:spin/rdbms-types@2.0.0" (instance
    (type (list u8))
    (type (variant
        (case "boolean" bool) (case "int8" s8) (case "int16" s16) (case "int32" s32) (case "int64" s64)
        (case "uint8" u8) (case "uint16" u16) (case "uint32" u32) (case "uint64" u64) (case "floating32" f32)
        (case "floating64" f64) (case "str" string) (case "binary" 0) (case "db-null")))
    (export "parameter-value" (type (eq 1)))
    (type (enum
        "boolean" "int8" "int16" "int32" "int64" "uint8" "uint16" "uint32" "uint64" "floating32" "floating64"
        "str" "binary" "other"))
    (export "db-data-type" (type (eq 3)))
    (type (record (field "name" string) (field "data-type" 4)))
    (export "column" (type (eq 5)))
    (type (variant
        (case "boolean" bool) (case "int8" s8) (case "int16" s16) (case "int32" s32) (case "int64" s64)
        (case "uint8" u8) (case "uint16" u16) (case "uint32" u32) (case "uint64" u64) (case "floating32" f32)
        (case "floating64" f64) (case "str" string) (case "binary" 0) (case "db-null") (case "unsupported")))
    (export "db-value" (type (eq 7)))
    (type (list 8))
    (export "row" (type (eq 9)))
    (type (list 6))
    (type (list 10))
    (type (record (field "columns" 11) (field "rows" 12)))
    (export "row-set" (type (eq 13)))
    (type (variant
        (case "connection-failed" string) (case "bad-parameter" string) (case "query-failed" string)
        (case "value-conversion-failed" string) (case "other" string)))
    (export "error" (type (eq 15)))))

  (core module $answers
    (memory (export "memory") 1)
    (global $free (mut i32) (i32.const 1024))
    ;; Never frees: names of variables are all that is given to it.
    (func (export "realloc") (param i32 i32 i32) (param $size i32) (result i32)
      (global.get $free)
      (global.set $free
        (i32.and (i32.add (i32.add (global.get $free) (local.get $size)) (i32.const 7)) (i32.const -8))))
    ;; Zeros: a list without items, an option without a value.
    (func (export "nothing") (result i32) (i32.const 0))
    ;; Err(undefined(name)).
    (func (export "undefined") (param $name i32) (param $length i32) (result i32)
      (i32.store (i32.const 64) (i32.const 1))
      (i32.store (i32.const 68) (i32.const 1))
      (i32.store (i32.const 72) (local.get $name))
      (i32.store (i32.const 76) (local.get $length))
      (i32.const 64)))
  (core instance $answers (instantiate $answers))
  (alias core export $answers "memory" (core memory $memory))
  (alias core export $answers "realloc" (core func $realloc))
  (alias core export $answers "nothing" (core func $nothing))
  (alias core export $answers "undefined" (core func $undefined))

  (type $variable-error (variant
    (case "invalid-name" string) (case "undefined" string) (case "provider" string) (case "other" string)))
  (func $get async (param "name" string) (result (result string (error $variable-error)))
    (canon lift (core func $undefined) (memory $memory) (realloc $realloc)))
  (component $variables
    (type $variant (variant
      (case "invalid-name" string) (case "undefined" string) (case "provider" string) (case "other" string)))
    (import "error" (type $imported (eq $variant)))
    (import "get" (func $get async (param "name" string) (result (result string (error $imported)))))
    (export $error "error" (type $variant))
    (export "get" (func $get) (func async (param "name" string) (result (result string (error $error))))))
  (instance $variables (instantiate $variables
    (with "error" (type $variable-error)) (with "get" (func $get))))
  (export "spin:variables/variables@3.0.0" (instance $variables))

  (func $get-environment (result (list (tuple string string)))
    (canon lift (core func $nothing) (memory $memory)))
  (func $get-arguments (result (list string)) (canon lift (core func $nothing) (memory $memory)))
  (func $initial-cwd (result (option string)) (canon lift (core func $nothing) (memory $memory)))
  (instance $environment
    (export "get-environment" (func $get-environment))
    (export "get-arguments" (func $get-arguments))
    (export "initial-cwd" (func $initial-cwd)))
  (export "wasi:cli/environment@0.2.6" (instance $environment))

  ;; The files of two versions of WASI: of the one the host has, and of a release candidate.
  (alias export $files-0-2 "descriptor" (type $p2-descriptor))
  (func $p2-directories (result (list (tuple (own $p2-descriptor) string)))
    (canon lift (core func $nothing) (memory $memory)))
  (component $p2-preopens
    (import "descriptor" (type $imported (sub resource)))
    (import "get-directories" (func $get (result (list (tuple (own $imported) string)))))
    (export $descriptor "descriptor" (type $imported))
    (export "get-directories" (func $get) (func (result (list (tuple (own $descriptor) string))))))
  (instance $p2-preopens (instantiate $p2-preopens
    (with "descriptor" (type $p2-descriptor)) (with "get-directories" (func $p2-directories))))
  (export "wasi:filesystem/preopens@0.2.6" (instance $p2-preopens))
  (alias export $files-0-3-rc "descriptor" (type $rc-descriptor))
  (func $rc-directories (result (list (tuple (own $rc-descriptor) string)))
    (canon lift (core func $nothing) (memory $memory)))
  (component $rc-preopens
    (import "descriptor" (type $imported (sub resource)))
    (import "get-directories" (func $get (result (list (tuple (own $imported) string)))))
    (export $descriptor "descriptor" (type $imported))
    (export "get-directories" (func $get) (func (result (list (tuple (own $descriptor) string))))))
  (instance $rc-preopens (instantiate $rc-preopens
    (with "descriptor" (type $rc-descriptor)) (with "get-directories" (func $rc-directories))))
  (export "wasi:filesystem/preopens@0.3.0-rc-2026-03-15" (instance $rc-preopens)))
