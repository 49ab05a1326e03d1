// What programs and agents do all day: list, add and complete tasks over REST, list over MCP. Connections are kept, so that a
// rollout meets clients that hold on to pods. Every answer counts; SUMMARY gets what came of it.
import http from "k6/http";
import { check } from "k6";
import { Counter } from "k6/metrics";

const app = __ENV.APP;
const origin = __ENV.ORIGIN || app.replace(".svc.cluster.local", ".svc");
const failed = new Counter("failed_requests");

export const options = { summaryTrendStats: ["p(50)", "p(99)"], setupTimeout: "20s" };

function succeeded(answer, status) {
  if (!check(answer, { "the right status": (a) => a.status === status })) {
    failed.add(1);
    console.error(`${answer.request.method} ${answer.request.url}: ${answer.status} ${answer.error} ${answer.body}`);
  }
  return answer;
}

const json = (headers) => ({ headers: { "content-type": "application/json", ...headers } });

export function setup() {
  const unique = `${Date.now()}-${Math.random().toString(36).slice(2)}`;
  const account = {
    name: "Load",
    email: `load-${unique}@example.com`,
    password: `load ${unique}`,
    timeZone: "Europe/Berlin",
  };
  const signedUp = http.post(`${app}/api/auth/sign-up/email`, JSON.stringify(account), json({ origin }));
  if (signedUp.status !== 200) {
    throw new Error(`sign-up: ${signedUp.status} ${signedUp.body}`);
  }
  return { authorization: `Bearer ${http.get(`${app}/api/auth/token`).json("token")}` };
}

function listOverMcp(authorization) {
  const name = "list_tasks";
  const body = {
    jsonrpc: "2.0",
    id: 1,
    method: "tools/call",
    params: {
      name,
      arguments: {},
      _meta: {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": { name: "load", version: "1.0.0" },
        "io.modelcontextprotocol/clientCapabilities": {},
      },
    },
  };
  const headers = {
    authorization,
    accept: "application/json, text/event-stream",
    "mcp-protocol-version": "2026-07-28",
    "mcp-method": "tools/call",
    "mcp-name": name,
  };
  succeeded(http.post(`${app}/mcp`, JSON.stringify(body), json(headers)), 200);
}

export default function ({ authorization }) {
  const tasks = `${app}/api/v1/tasks`;
  succeeded(http.get(`${tasks}?limit=5`, { headers: { authorization } }), 200);
  const task = JSON.stringify({ title: `load ${__VU}-${__ITER}` });
  const added = succeeded(http.post(tasks, task, json({ authorization })), 201);
  if (added.status === 201) {
    succeeded(http.post(`${tasks}/${added.json("id")}/complete`, "{}", json({ authorization })), 200);
  }
  listOverMcp(authorization);
}

export function handleSummary({ metrics }) {
  const value = (name, of) => (metrics[name] ? metrics[name].values[of] : 0);
  const summary = {
    requests: value("http_reqs", "count"),
    failed: value("failed_requests", "count"),
    rate: value("http_reqs", "rate"),
    p50: value("http_req_duration", "p(50)"),
    p99: value("http_req_duration", "p(99)"),
  };
  return { [__ENV.SUMMARY]: JSON.stringify(summary) };
}
