//! The messages, and what is answered to each.

/// What it is, the headers beside the usual ones, the body, and what is answered: status and error code, 0 for a result.
pub struct Case(
    pub &'static str,
    pub &'static [(&'static str, &'static str)],
    pub &'static str,
    pub u16,
    pub i64,
);

const NEW: (&str, &str) = ("mcp-protocol-version", "2026-07-28");
const LIST: (&str, &str) = ("mcp-method", "tools/list");
const CALL: (&str, &str) = ("mcp-method", "tools/call");
const ADD: (&str, &str) = ("mcp-name", "add");

macro_rules! meta {
    () => {
        r#""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}"#
    };
}
macro_rules! stateless_list {
    ($($more:literal)?) => {
        concat!(r#"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"#, meta!(), $($more,)? "}}")
    };
}
macro_rules! stateless_call {
    ($params:literal) => {
        concat!(r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"#, $params, ",", meta!(), "}}")
    };
}

#[rustfmt::skip]
pub const CASES: &[Case] = &[
    // Not JSON
    Case("empty body", &[], "", 400, -32700),
    Case("white space", &[], " \n ", 400, -32700),
    Case("a word", &[], "hello", 400, -32700),
    Case("cut off", &[], r#"{"jsonrpc":"2.0","id":1,"method":"ping""#, 400, -32700),
    Case("cut off after a wrong type", &[], r#"5 {"#, 400, -32700),
    Case("two texts", &[], r#"{"jsonrpc":"2.0","id":1,"method":"ping"}{}"#, 400, -32700),
    Case("single quotes", &[], "{'jsonrpc':'2.0'}", 400, -32700),
    Case("trailing comma", &[], r#"{"jsonrpc":"2.0","id":1,"method":"ping",}"#, 400, -32700),
    Case("comment", &[], r#"{"jsonrpc":"2.0",/*x*/"id":1,"method":"ping"}"#, 400, -32700),
    Case("not a number", &[], r#"{"jsonrpc":"2.0","id":NaN,"method":"ping"}"#, 400, -32700),
    Case("leading zero", &[], r#"{"jsonrpc":"2.0","id":01,"method":"ping"}"#, 400, -32700),
    Case("control character in a string", &[], "{\"jsonrpc\":\"2.0\",\"id\":\"\u{1}\",\"method\":\"ping\"}", 400, -32700),
    Case("byte order mark", &[], "\u{feff}{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}", 400, -32700),
    // JSON, but no message
    Case("null", &[], "null", 400, -32600),
    Case("number", &[], "1", 400, -32600),
    Case("string", &[], r#""ping""#, 400, -32600),
    Case("empty object", &[], "{}", 400, -32600),
    Case("no version", &[], r#"{"id":1,"method":"ping"}"#, 400, -32600),
    Case("version 1.0", &[], r#"{"jsonrpc":"1.0","id":1,"method":"ping"}"#, 400, -32600),
    Case("version as a number", &[], r#"{"jsonrpc":2.0,"id":1,"method":"ping"}"#, 400, -32600),
    Case("no method", &[], r#"{"jsonrpc":"2.0","id":1}"#, 400, -32600),
    Case("method null", &[], r#"{"jsonrpc":"2.0","id":1,"method":null}"#, 400, -32600),
    Case("method as a number", &[], r#"{"jsonrpc":"2.0","id":1,"method":7}"#, 400, -32600),
    Case("half a surrogate pair", &[], r#"{"jsonrpc":"2.0","id":1,"method":"\ud800"}"#, 400, -32600),
    Case("id null", &[], r#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, 400, -32600),
    Case("id true", &[], r#"{"jsonrpc":"2.0","id":true,"method":"ping"}"#, 400, -32600),
    Case("id as an object", &[], r#"{"jsonrpc":"2.0","id":{},"method":"ping"}"#, 400, -32600),
    Case("id as a list", &[], r#"{"jsonrpc":"2.0","id":[1],"method":"ping"}"#, 400, -32600),
    Case("id with a fraction", &[], r#"{"jsonrpc":"2.0","id":1.5,"method":"ping"}"#, 400, -32600),
    Case("id with an exponent", &[], r#"{"jsonrpc":"2.0","id":1e2,"method":"ping"}"#, 400, -32600),
    Case("id over 64 bits", &[], r#"{"jsonrpc":"2.0","id":99999999999999999999,"method":"ping"}"#, 400, -32600),
    Case("id twice", &[], r#"{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}"#, 400, -32600),
    Case("method twice", &[], r#"{"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/call"}"#, 400, -32600),
    Case("method twice, once escaped", &[], r#"{"jsonrpc":"2.0","id":1,"method":"ping","meth\u006fd":"x"}"#, 400, -32600),
    Case("params as a list", &[], r#"{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}"#, 400, -32600),
    Case("params as a string", &[], r#"{"jsonrpc":"2.0","id":1,"method":"ping","params":"x"}"#, 400, -32600),
    Case("method and result", &[], r#"{"jsonrpc":"2.0","id":1,"method":"ping","result":{}}"#, 400, -32600),
    Case("an answer no one waits for", &[], r#"{"jsonrpc":"2.0","id":1,"result":{}}"#, 400, -32600),
    Case("an error no one waits for", &[], r#"{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"x"}}"#, 400, -32600),
    Case("a request without an id", &[], r#"{"jsonrpc":"2.0","method":"tools/call","params":{"name":"add"}}"#, 400, -32600),
    Case("param twice", &[], r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"add","name":"reset"}}"#, 400, -32600),
    // Methods and parameters, with a handshake
    Case("unknown method", &[], r#"{"jsonrpc":"2.0","id":1,"method":"tools/lost"}"#, 200, -32601),
    Case("empty method", &[], r#"{"jsonrpc":"2.0","id":1,"method":""}"#, 200, -32601),
    Case("method in capitals", &[], r#"{"jsonrpc":"2.0","id":1,"method":"PING"}"#, 200, -32601),
    Case("method of what is not offered", &[], r#"{"jsonrpc":"2.0","id":1,"method":"prompts/list"}"#, 200, -32601),
    Case("method of a newer revision", &[], r#"{"jsonrpc":"2.0","id":1,"method":"server/discover"}"#, 200, -32601),
    Case("a notification's name with an id", &[], r#"{"jsonrpc":"2.0","id":1,"method":"notifications/initialized"}"#, 200, -32601),
    Case("call without params", &[], r#"{"jsonrpc":"2.0","id":1,"method":"tools/call"}"#, 200, -32602),
    Case("call without a name", &[], r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{}}"#, 200, -32602),
    Case("call of a number", &[], r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":1}}"#, 200, -32602),
    Case("call of null", &[], r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":null}}"#, 200, -32602),
    Case("call of an unknown tool", &[], r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"sub"}}"#, 200, -32602),
    Case("arguments as a list", &[], r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"add","arguments":[1,2]}}"#, 200, -32602),
    Case("a cursor that is a number", &[], r#"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":7}}"#, 200, -32602),
    Case("a cursor never given out", &[], r#"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":"x"}}"#, 200, -32602),
    Case("a fault inside", &[], r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"broken"}}"#, 200, -32603),
    Case("a scope that is missing", &[], r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"reset"}}"#, 403, 403),
    Case("initialize without params", &[], r#"{"jsonrpc":"2.0","id":1,"method":"initialize"}"#, 200, -32602),
    Case("initialize without a client", &[], r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{}}}"#, 200, -32602),
    Case("initialize with a number", &[], r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":1,"capabilities":{},"clientInfo":{"name":"a","version":"1"}}}"#, 200, -32602),
    Case("initialize with wrong capabilities", &[], r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":[],"clientInfo":{"name":"a","version":"1"}}}"#, 200, -32602),
    Case("an unknown revision", &[("mcp-protocol-version", "2024-11-05")], r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#, 400, -32022),
    Case("a nonsense revision", &[("mcp-protocol-version", "x")], r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#, 400, -32022),
    Case("an empty revision", &[("mcp-protocol-version", "")], r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#, 400, -32022),
    Case("two revisions", &[NEW, ("mcp-protocol-version", "2025-11-25")], r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#, 400, -32020),
    Case("a notification in an unknown revision", &[("mcp-protocol-version", "1")], r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#, 400, -32022),
    // Batches
    Case("empty batch", &[], "[]", 400, -32600),
    Case("half a batch", &[], r#"[{"jsonrpc":"2.0","id":1,"method":"ping"}"#, 400, -32700),
    Case("batch in a revision without", &[("mcp-protocol-version", "2025-06-18")], r#"[{"jsonrpc":"2.0","id":1,"method":"ping"}]"#, 400, -32600),
    Case("batch in the stateless revision", &[NEW], r#"[{"jsonrpc":"2.0","id":1,"method":"ping"}]"#, 400, -32600),
    Case("batch in an unknown revision", &[("mcp-protocol-version", "7")], "[1]", 400, -32022),
    Case("brackets up to the limit", &[], "[[[[[[[[]]]]]]]]", 200, -32600),
    // The stateless revision
    Case("a good one", &[NEW, LIST], stateless_list!(), 200, 0),
    Case("header names in capitals", &[("MCP-PROTOCOL-VERSION", "2026-07-28"), ("MCP-METHOD", "tools/list")], stateless_list!(), 200, 0),
    Case("spaces around header values", &[("mcp-protocol-version", " 2026-07-28 "), ("mcp-method", "\ttools/list ")], stateless_list!(), 200, 0),
    Case("unknown params", &[NEW, LIST], stateless_list!(r#","x":{"y":[1]}"#), 200, 0),
    Case("no version header", &[LIST], stateless_list!(), 400, -32020),
    Case("another version in the header", &[("mcp-protocol-version", "2025-11-25"), LIST], stateless_list!(), 400, -32020),
    Case("no method header", &[NEW], stateless_list!(), 400, -32020),
    Case("another method in the header", &[NEW, CALL], stateless_list!(), 400, -32020),
    Case("the method in capitals in the header", &[NEW, ("mcp-method", "TOOLS/LIST")], stateless_list!(), 400, -32020),
    Case("two method headers", &[NEW, LIST, LIST], stateless_list!(), 400, -32020),
    Case("a method header that is not ASCII", &[NEW, ("mcp-method", "töols/list")], stateless_list!(), 400, -32020),
    Case("no params", &[NEW, LIST], r#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#, 400, -32602),
    Case("no meta", &[NEW, LIST], r#"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}"#, 400, -32602),
    Case("meta null", &[NEW, LIST], r#"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":null}}"#, 400, -32602),
    Case("empty meta", &[NEW, LIST], r#"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{}}}"#, 400, -32602),
    Case("meta without capabilities", &[NEW, LIST], r#"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}"#, 400, -32602),
    Case("capabilities as a list", &[NEW, LIST], r#"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":[]}}}"#, 400, -32602),
    Case("version as a number", &[NEW, LIST], r#"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":20260728,"io.modelcontextprotocol/clientCapabilities":{}}}}"#, 400, -32602),
    Case("version twice in meta", &[NEW, LIST], r#"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/protocolVersion":"x","io.modelcontextprotocol/clientCapabilities":{}}}}"#, 400, -32602),
    Case("client without a version", &[NEW, LIST], r#"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/clientInfo":{"name":"a"}}}}"#, 400, -32602),
    Case("an unknown version in both places", &[("mcp-protocol-version", "2027-01-01"), LIST], r#"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2027-01-01","io.modelcontextprotocol/clientCapabilities":{}}}}"#, 400, -32022),
    Case("an unknown method", &[NEW, ("mcp-method", "x")], concat!(r#"{"jsonrpc":"2.0","id":1,"method":"x","params":{"#, meta!(), "}}"), 404, -32601),
    Case("a method of older revisions", &[NEW, ("mcp-method", "ping")], concat!(r#"{"jsonrpc":"2.0","id":1,"method":"ping","params":{"#, meta!(), "}}"), 404, -32601),
    Case("initialize", &[NEW, ("mcp-method", "initialize")], concat!(r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"#, meta!(), "}}"), 404, -32601),
    Case("a good call", &[NEW, CALL, ADD], stateless_call!(r#""name":"add","arguments":{"a":1,"b":2}"#), 200, 0),
    Case("the name in Base64", &[NEW, CALL, ("mcp-name", "=?base64?YWRk?=")], stateless_call!(r#""name":"add""#), 200, 0),
    Case("no name header", &[NEW, CALL], stateless_call!(r#""name":"add""#), 400, -32020),
    Case("another name in the header", &[NEW, CALL, ("mcp-name", "reset")], stateless_call!(r#""name":"add""#), 400, -32020),
    Case("a name header that is not Base64", &[NEW, CALL, ("mcp-name", "=?base64?YWR?=")], stateless_call!(r#""name":"add""#), 400, -32020),
    Case("an unknown tool", &[NEW, CALL, ("mcp-name", "sub")], stateless_call!(r#""name":"sub""#), 200, -32602),
    Case("a name that is no string", &[NEW, CALL], stateless_call!(r#""name":{}"#), 200, -32602),
    
];
