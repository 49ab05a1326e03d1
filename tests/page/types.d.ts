// What the page's scripts take and give. The page is served as it is written, so types that several scripts share are here,
// in a file that no browser loads.

// What the API answers (the API document's schemas, /api/v1/openapi.json).

/** A full-date, or a date-time with its offset (RFC 3339). */
type Due = string;

interface Task {
  id: string;
  title: string;
  notes?: string | null;
  due?: Due | null;
  priority?: "low" | "normal" | "high" | "urgent";
  labels: string[];
  list_id?: string | null;
  list?: string | null;
  recurrence?: { rule: string; from: "due" | "completion"; exceptions: string[]; words: string } | null;
  parent_id?: string | null;
  subtasks?: { open: number; completed: number; changed: number } | null;
  completed_at?: string | null;
  version: number;
}

/** When a person is reminded of a task. */
interface Reminder {
  id: string;
  task_id: string;
  title: string;
  at?: string | null;
  before_due_minutes?: number | null;
  state: "waiting" | "sent" | "failed" | "skipped";
  failure?: string | null;
}

/** What one call did to tasks. */
interface TaskAction {
  id: string;
  kind: "added" | "deleted" | "restored" | "completed" | "reopened" | "updated";
  count: number;
  tasks: { id: string; title: string }[];
  at: string;
  undone: boolean;
  undoable: boolean;
}

/** A list to keep tasks in. */
interface TodoList {
  id: string;
  name: string;
  parent_id?: string | null;
  open_count: number;
}

interface TaskLists {
  items: TodoList[];
  inbox_open_count: number;
}

/** What a part of a line was read as; places are counted in characters, as the items of `[...text]`. */
interface TextSpan {
  kind: "due" | "time" | "recurrence" | "priority" | "label" | "list" | "unknown_list";
  start: number;
  end: number;
  text: string;
  words: string;
}

/** What came of a line: the task, or none where it was only read. */
interface QuickAddOutcome {
  spans: TextSpan[];
  notices: string[];
  task?: Task | null;
}

interface ListPage<Item> {
  items: Item[];
  next_cursor?: string | null;
}

interface Overview {
  open_count: number;
  overdue_count: number;
  due_today_count: number;
  upcoming_count: number;
}

/** A problem (RFC 9457). */
interface ProblemDetails {
  type?: string;
  title?: string;
  detail?: string;
}

// What the API is asked.

interface CallOptions {
  method?: string;
  body?: object;
  accept?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

type Query = Record<string, string | number | null | undefined>;

interface TextRange {
  start: number;
  end: number;
}

/** A line that becomes a task, without the parts that are to be left alone. */
interface QuickLine {
  text: string;
  list_id?: string;
  ignore?: TextRange[];
}

interface TaskChanges {
  title?: string;
  notes?: string | null;
  due?: Due | null;
  priority?: string;
  labels?: string[];
  list_id?: string | null;
  recurrence?: { rule: string } | null;
}

// What the scripts tell each other.

type TaskStatus = "open" | "done";

/** The part of the list that a task belongs to. */
type TaskGroup = "overdue" | "today" | "tomorrow" | "week" | "later" | "someday";

/** How many open tasks there are, in all and in the groups of which the server says it. */
type Totals = { open: number } & { [Group in TaskGroup]?: number };

/** What a group shows behind its heading: how many tasks of it there are, of which these are loaded. */
type CountOf = (group: TaskGroup, loaded: Task[]) => string;

/** What the rows of the list call. */
interface TaskHandlers {
  onToggle: (task: Task, isDone: boolean) => void;
  onOpen: (task: Task) => void;
  onAddSubtask: (task: Task, row: HTMLElement, from: HTMLElement) => void;
}

/** Where a task is shown: in which group, how far indented, and below which task, if that is loaded. */
interface TaskPlace {
  task: Task;
  level: number;
  group: TaskGroup;
  parent: Task | null;
}

/** The fields of an open task. */
type FieldName = "title" | "notes" | "date" | "time" | "priority" | "repeat" | "labels" | "list";
type Fields = Record<FieldName, string>;

interface DateAndTime {
  date: string;
  time: string;
}

/** What the form before signing in is for. */
type WelcomeMode = "sign-in" | "sign-up" | "forgotten" | "set-password" | "code";

/** What the form says then, and what the link below it leads to. */
interface ModeWords {
  title: string;
  submit: string;
  question: string;
  other: string;
  leadsTo: WelcomeMode;
}

/** What the link of a mail brought along. */
type Arrival =
  | { kind: "set-password"; token: string }
  | { kind: "problem" | "notice"; words: string; mode?: WelcomeMode };

/** What the account's dialog calls. */
interface AccountHandlers {
  onRenamed: (user: User | null) => void;
  onDeleted: () => void;
}

// Every element of index.html that a script looks for, by its id. A test holds this to the page.

interface PageElements {
  "access": HTMLFormElement;
  "access-notice": HTMLParagraphElement;
  "access-problem": HTMLParagraphElement;
  "access-submit": HTMLButtonElement;
  "access-title": HTMLHeadingElement;
  "account": HTMLDialogElement;
  "account-address": HTMLFormElement;
  "account-close": HTMLButtonElement;
  "account-confirm": HTMLButtonElement;
  "account-confirmed": HTMLSpanElement;
  "account-current-password": HTMLInputElement;
  "account-deletion": HTMLFormElement;
  "account-deletion-of": HTMLInputElement;
  "account-deletion-password": HTMLInputElement;
  "account-email": HTMLSpanElement;
  "account-end-others": HTMLButtonElement;
  "account-events": HTMLUListElement;
  "account-heading": HTMLHeadingElement;
  "account-name": HTMLInputElement;
  "account-new-email": HTMLInputElement;
  "account-new-password": HTMLInputElement;
  "account-new-token": HTMLDivElement;
  "account-notice": HTMLParagraphElement;
  "account-open": HTMLButtonElement;
  "account-password": HTMLFormElement;
  "account-password-of": HTMLInputElement;
  "account-problem": HTMLParagraphElement;
  "account-profile": HTMLFormElement;
  "account-sessions": HTMLUListElement;
  "account-token": HTMLFormElement;
  "account-token-copy": HTMLButtonElement;
  "account-token-days": HTMLSelectElement;
  "account-token-name": HTMLInputElement;
  "account-token-value": HTMLInputElement;
  "account-tokens": HTMLUListElement;
  "added": HTMLParagraphElement;
  "announcer": HTMLParagraphElement;
  "app": HTMLElement;
  "calendar-address": HTMLDivElement;
  "calendar-make": HTMLButtonElement;
  "calendar-remove": HTMLButtonElement;
  "calendar-state": HTMLParagraphElement;
  "calendar-url": HTMLInputElement;
  "chat": HTMLElement;
  "code": HTMLInputElement;
  "code-field": HTMLDivElement;
  "detail-close": HTMLButtonElement;
  "detail-delete": HTMLButtonElement;
  "detail-repeat": HTMLSelectElement;
  "reminder-add": HTMLButtonElement;
  "reminder-at": HTMLInputElement;
  "reminder-list": HTMLUListElement;
  "reminder-problem": HTMLParagraphElement;
  "reminder-when": HTMLSelectElement;
  "reminders": HTMLElement;
  "reminders-due": HTMLUListElement;
  "reminders-problem": HTMLParagraphElement;
  "detail-date": HTMLInputElement;
  "detail-form": HTMLFormElement;
  "detail-heading": HTMLHeadingElement;
  "detail-labels": HTMLInputElement;
  "detail-list": HTMLSelectElement;
  "detail-notes": HTMLTextAreaElement;
  "detail-priority": HTMLSelectElement;
  "detail-problem": HTMLParagraphElement;
  "detail-reload": HTMLButtonElement;
  "detail-save": HTMLButtonElement;
  "detail-time": HTMLInputElement;
  "detail-title": HTMLInputElement;
  "email": HTMLInputElement;
  "email-field": HTMLDivElement;
  "filter": HTMLFormElement;
  "filter-problem": HTMLParagraphElement;
  "filter-query": HTMLInputElement;
  "forgotten": HTMLButtonElement;
  "forgotten-hint": HTMLParagraphElement;
  "list-form": HTMLFormElement;
  "list-name": HTMLInputElement;
  "list-new": HTMLButtonElement;
  "list-problem": HTMLParagraphElement;
  "list-shown": HTMLSelectElement;
  "more-tasks": HTMLButtonElement;
  "name": HTMLInputElement;
  "name-field": HTMLDivElement;
  "page-notice": HTMLParagraphElement;
  "page-problem": HTMLParagraphElement;
  "password": HTMLInputElement;
  "password-field": HTMLDivElement;
  "password-hint": HTMLParagraphElement;
  "quick-add": HTMLFormElement;
  "quick-chips": HTMLUListElement;
  "quick-notice": HTMLParagraphElement;
  "quick-reading": HTMLDivElement;
  "quick-title": HTMLInputElement;
  "remember": HTMLInputElement;
  "remember-field": HTMLLabelElement;
  "show-done": HTMLButtonElement;
  "show-open": HTMLButtonElement;
  "sign-out": HTMLButtonElement;
  "skip": HTMLAnchorElement;
  "starting": HTMLParagraphElement;
  "switch": HTMLButtonElement;
  "switch-text": HTMLSpanElement;
  "task-detail": HTMLDialogElement;
  "task-groups": HTMLDivElement;
  "tasks-empty": HTMLParagraphElement;
  "tasks-problem": HTMLParagraphElement;
  "undo": HTMLParagraphElement;
  "trust": HTMLInputElement;
  "trust-field": HTMLLabelElement;
  "two-factor": HTMLFormElement;
  "two-factor-code": HTMLInputElement;
  "two-factor-codes": HTMLButtonElement;
  "two-factor-confirm": HTMLFormElement;
  "two-factor-of": HTMLInputElement;
  "two-factor-off": HTMLParagraphElement;
  "two-factor-on": HTMLParagraphElement;
  "two-factor-password": HTMLInputElement;
  "two-factor-qr": HTMLDivElement;
  "two-factor-recovery": HTMLDivElement;
  "two-factor-recovery-codes": HTMLUListElement;
  "two-factor-submit": HTMLButtonElement;
  "two-factor-uri": HTMLInputElement;
  "view-chat": HTMLButtonElement;
  "view-tasks": HTMLButtonElement;
  "welcome": HTMLElement;
  "who": HTMLDivElement;
  "who-name": HTMLSpanElement;
}
