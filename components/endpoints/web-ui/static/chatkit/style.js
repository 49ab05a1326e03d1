// The element's style sheet: one rule a line. It is made by script, so it needs no leave of a page's content security policy.

/** Colours and lengths. A theme gives others by the properties that begin with `--ck-`. */
const VALUES = [
  ":host { display: block; height: 100%; min-height: 0; font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif; }",
  ":host { --hue: var(--ck-hue, 40); --radius: var(--ck-radius, 14px); --density: var(--ck-density, 1); --mono: var(--ck-mono, ui-monospace, Consolas, monospace); }",
  ":host { --surface: var(--ck-surface, light-dark(#ffffff, #1d2027)); --sunken: light-dark(#eeece6, #262a33); --line: light-dark(#dedbd2, #343944); }",
  // Round what one can fill in: 3:1 against every ground (WCAG 2.2, 1.4.11).
  ":host { --edge: light-dark(#85827a, #7a8191); --ink: var(--ck-ink, light-dark(#1d2129, #eceef3)); --muted: light-dark(#5d6472, #a3abba); }",
  ":host { --accent: var(--ck-accent, light-dark(#3450c8, #8fa3ff)); --on-accent: light-dark(#ffffff, #11152b); --accent-soft: light-dark(#e6eafb, #2a3157); }",
  ":host { --danger: light-dark(#b3261e, #ff9a90); --danger-soft: light-dark(#fbe9e7, #47211f); --warm: light-dark(#8a5100, #f3bd6a); --good: light-dark(#1f7a4d, #77d3a2); }",
  ":host { color: var(--ink); background: var(--surface); border-radius: inherit; }",
  ":host([hidden]), [hidden] { display: none !important; }",
  "*, *::before, *::after { box-sizing: border-box; }",
  "h2, h3, p, ul, ol, figure, blockquote, fieldset { margin: 0; padding: 0; border: 0; }",
  "ul, ol { list-style: none; }",
  "h2 { font-size: 1.05rem; line-height: 1.3; }",
  "h3 { font-size: 1rem; }",
  "button, input, select, textarea { font: inherit; color: inherit; }",
  "button { cursor: pointer; }",
  ":focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }",
  "input:not([type=checkbox], [type=radio]), select, textarea { width: 100%; padding: 7px 10px; border: 1px solid var(--edge); border-radius: 10px; background: var(--surface); }",
  "input[type=checkbox], input[type=radio] { flex: none; width: 20px; height: 20px; margin: 2px 0; accent-color: var(--accent); }",
  "::placeholder { color: var(--muted); opacity: 1; }",
  ".unseen { position: absolute !important; width: 1px !important; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }",
  ".icon { flex: none; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }",
];

const FRAME = [
  // What is only read aloud is placed in here, and not in the page around it.
  ".frame, .scroll, .message { position: relative; }",
  ".frame, .conversation { display: flex; flex-direction: column; height: 100%; min-height: 0; }",
  ".conversation { flex: 1; }",
  ".head { display: flex; align-items: center; gap: 10px; min-height: 60px; padding: 10px 16px; border-bottom: 1px solid var(--line); }",
  ".head h2 { margin-inline-end: auto; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }",
  ".quiet { padding: 6px 12px; border: 1px solid var(--line); border-radius: 10px; background: transparent; white-space: nowrap; }",
  ".quiet:hover, .tool:hover { background: var(--sunken); }",
  ".icon-only { display: inline-grid; flex: none; place-items: center; width: 38px; height: 38px; padding: 0; }",
  ".scroll { flex: 1; min-height: 0; overflow-y: auto; overscroll-behavior: contain; }",
  ".scroll:focus-visible { outline-offset: -3px; }",
  ".empty { display: grid; gap: 12px; padding: clamp(20px, 7vh, 64px) 24px 12px; text-align: center; color: var(--muted); }",
  ".empty-title { font-size: 1.5rem; font-weight: 650; letter-spacing: -0.015em; color: var(--ink); }",
  ".ideas { display: flex; flex-wrap: wrap; justify-content: center; gap: 8px; max-width: 620px; margin: 6px auto 0; }",
  ".ideas button { display: inline-flex; align-items: center; gap: 6px; padding: 8px 14px; border: 1px solid var(--line); border-radius: 99px; background: var(--surface); color: var(--ink); }",
  ".ideas button:hover { background: var(--accent-soft); border-color: var(--accent); }",
  ".earlier { display: block; margin: 14px auto 0; }",
  ".jump { position: relative; align-self: center; height: 36px; margin: -44px 0 8px; padding: 0 16px; border: 1px solid var(--line); border-radius: 99px; background: var(--surface); color: var(--accent); font-weight: 600; box-shadow: 0 2px 12px rgb(0 0 0 / 0.12); }",
  ".closed { margin: 0 14px 14px; padding: 12px; border-radius: 10px; background: var(--sunken); text-align: center; }",
  ".progress { display: flex; align-items: center; gap: 8px; padding: 0 clamp(14px, 3vw, 26px) 18px; color: var(--muted); font-size: 0.9rem; }",
  ".thinking { display: inline-flex; gap: 5px; padding: 8px 2px; }",
  ".thinking i { width: 7px; height: 7px; border-radius: 50%; background: var(--muted); }",
  ".disclaimer { padding: 0 16px 12px; color: var(--muted); font-size: 0.8rem; text-align: center; }",
  ".disclaimer.strong { color: var(--ink); }",
];

const MESSAGES = [
  ".messages { display: flex; flex-direction: column; gap: calc(14px * var(--density)); padding: calc(18px * var(--density)) clamp(14px, 3vw, 26px); }",
  ".messages:empty { padding: 0; }",
  ".message { display: grid; gap: 8px; align-self: flex-start; max-width: min(88%, 640px); min-width: 0; overflow-wrap: anywhere; }",
  ".message.user { align-self: flex-end; padding: 9px 15px; border-radius: 18px 18px 6px 18px; background: var(--accent); color: var(--on-accent); }",
  ".message.widget, .message.told { width: min(88%, 640px); }",
  ".words { white-space: pre-wrap; }",
  "blockquote { padding-inline-start: 10px; border-inline-start: 3px solid currentColor; font-size: 0.9rem; }",
  ".unsent { display: flex; flex-wrap: wrap; align-items: center; gap: 6px; font-size: 0.9rem; }",
  ".message.user .unsent { padding-top: 8px; border-top: 1px solid currentColor; }",
  ".message:not(.user) .unsent, .composer > .unsent, .history > .unsent { padding: 8px 12px; border-radius: 10px; background: var(--danger-soft); color: var(--danger); }",
  ".retry { display: inline-flex; align-items: center; gap: 5px; padding: 3px 10px; border: 1px solid currentColor; border-radius: 8px; background: none; color: inherit; font-weight: 600; }",
  ".retry .icon, .tool .icon, .file .icon { width: 16px; height: 16px; }",
  ".reply { display: grid; gap: 8px; min-width: 0; }",
  ".reply:empty { display: none; }",
  // Each of its parts runs in its own direction.
  ".reply > *, .reply li { unicode-bidi: plaintext; text-align: start; }",
  ".reply ul { padding-left: 1.25em; list-style: disc; }",
  ".reply ol { padding-left: 1.6em; list-style: decimal; }",
  ".reply li + li { margin-top: 3px; }",
  ".reply code { padding: 1px 5px; border-radius: 5px; background: var(--sunken); font: 0.9em var(--mono); }",
  ".reply pre { overflow-x: auto; padding: 12px 14px; border-radius: 10px; background: var(--sunken); }",
  ".reply pre code { padding: 0; background: none; }",
  "a { color: var(--accent); }",
  ".tools { display: flex; gap: 2px; }",
  ".tool { display: inline-grid; place-items: center; width: 30px; height: 30px; padding: 0; border: 0; border-radius: 8px; background: none; color: var(--muted); }",
  ".tool[aria-pressed=true] { background: var(--accent-soft); color: var(--accent); }",
  ".settled { display: flex; flex-wrap: wrap; gap: 6px; padding: 6px 12px; border-radius: 10px; background: var(--sunken); font-size: 0.9rem; }",
  ".asked { color: var(--muted); }",
  ".question { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; }",
  ".question.form { display: grid; }",
  ".choice { display: inline-flex; align-items: center; justify-content: center; gap: 6px; padding: 7px 16px; border: 1px solid var(--line); border-radius: 10px; background: var(--surface); font-weight: 600; }",
  ".choice:hover { background: var(--sunken); }",
  ".choice.primary { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }",
  ".choice.removing { border-color: var(--danger); background: var(--danger); color: light-dark(#ffffff, #2b0f0c); }",
  ".notice { padding: 9px 12px; border-radius: 10px; background: var(--accent-soft); }",
  ".notice.warning, .notice.danger { background: var(--danger-soft); }",
  ".step { color: var(--muted); font-size: 0.9rem; }",
];

const WIDGETS = [
  ".card { padding: calc(12px * var(--density)); border: 1px solid var(--line); border-radius: var(--radius); background: var(--surface); }",
  ".card.list { padding: 4px 12px; }",
  ".col { display: flex; flex-direction: column; gap: 8px; min-width: 0; }",
  ".row { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; min-width: 0; }",
  ".list-item { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 10px; padding: calc(7px * var(--density)) 0; }",
  ".list-item + .list-item { border-top: 1px solid var(--line); }",
  ".item-action { display: flex; flex: 1; align-items: center; gap: 10px; padding: 0; border: 0; background: none; text-align: start; }",
  ".option { display: flex; align-items: flex-start; gap: 9px; flex: 1 1 auto; min-width: 0; }",
  ".ticked, .through { text-decoration: line-through; color: var(--muted); }",
  ".italic { font-style: italic; }",
  ".weight-semibold, .weight-bold { font-weight: 650; }",
  ".caption, .hint { color: var(--muted); font-size: 0.86rem; }",
  ".badge { padding: 1px 9px; border-radius: 99px; background: var(--sunken); color: var(--muted); font-size: 0.8rem; }",
  ".badge.danger { background: var(--danger-soft); color: var(--danger); }",
  ".badge.warning { color: var(--warm); }",
  ".badge.success { color: var(--good); }",
  ".badge.info, .badge.discovery { background: var(--accent-soft); color: var(--accent); }",
  ".spacer { flex: 1; }",
  "hr { width: 100%; margin: 0; border: 0; border-top: 1px solid var(--line); }",
  "img { max-width: 100%; border-radius: 10px; }",
  "table { border-collapse: collapse; }",
  "td, th { padding: 4px 8px; text-align: start; }",
  ".chart svg { display: block; width: 100%; max-width: 440px; height: auto; font-size: 10px; fill: var(--muted); }",
  ".series { fill: var(--accent); }",
  ".series-1 { fill: var(--good); }",
  ".series-2 { fill: var(--warm); }",
  ".series-3 { fill: var(--danger); }",
  ".series.line { fill: none; stroke: var(--accent); stroke-width: 2; }",
  "[aria-busy=true].widget-root { opacity: 0.7; }",
];

const COMPOSER = [
  ".composer { display: grid; gap: 6px; margin: 0 14px 14px; padding: 6px; border: 1px solid var(--edge); border-radius: 18px; background: var(--surface); }",
  ".composer:focus-within { border-color: var(--accent); box-shadow: 0 0 0 3px var(--accent-soft); }",
  ".write { display: flex; align-items: flex-end; gap: 8px; }",
  ".write textarea { flex: 1; max-height: 30vh; padding: 8px 10px; border: 0; background: none; resize: none; field-sizing: content; outline: none; }",
  ".attach { width: 40px; height: 40px; }",
  ".attach .icon { width: 20px; height: 20px; }",
  ".files { display: flex; flex-wrap: wrap; gap: 6px; }",
  ".files:empty { display: none; }",
  ".file { display: inline-flex; align-items: center; gap: 6px; padding: 3px 10px; border: 1px solid currentColor; border-radius: 99px; font-size: 0.86rem; }",
  ".file[aria-busy=true] { opacity: 0.6; }",
  ".file .tool { width: 22px; height: 22px; }",
  ".send { display: grid; place-items: center; flex: none; width: 40px; height: 40px; border: 0; border-radius: 13px; background: var(--accent); color: var(--on-accent); }",
  ".send .icon:last-child, .send.busy .icon:first-child { display: none; }",
  ".send.busy .icon:last-child { display: inline; fill: currentColor; }",
];

const HISTORY = [
  ".history { display: flex; flex: 1; flex-direction: column; gap: 10px; min-height: 0; overflow-y: auto; }",
  ".history > #history-search { flex: none; width: auto; margin: 0 16px; }",
  ".history > .quiet { margin: 0 16px 16px; }",
  ".threads { padding: 0 12px 12px; }",
  ".thread { display: flex; align-items: center; gap: 4px; padding: 2px 4px; }",
  ".thread + .thread { border-top: 1px solid var(--line); }",
  ".open { display: flex; flex: 1; gap: 10px; min-width: 0; padding: 9px 6px; border: 0; border-radius: 8px; background: none; text-align: start; }",
  ".open:hover { background: var(--sunken); }",
  ".open span { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }",
  ".open time { color: var(--muted); font-size: 0.86rem; }",
  ".rename { display: flex; flex: 1; gap: 8px; padding: 4px 0; }",
  ".nothing { padding: 16px; color: var(--muted); text-align: center; }",
];

const MOTION = [
  "@media (prefers-reduced-motion: no-preference) { .thinking i { animation: breathe 1.2s infinite ease-in-out; } }",
  ".thinking i:nth-child(2) { animation-delay: 0.15s; }",
  ".thinking i:nth-child(3) { animation-delay: 0.3s; }",
  "@keyframes breathe { 0%, 70%, 100% { opacity: 0.3; } 35% { opacity: 1; } }",
];

/** @type {CSSStyleSheet | null} */
let sheet = null;

/** The style sheet, which all elements of a page share. */
export function styleSheet() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync([...VALUES, ...FRAME, ...MESSAGES, ...WIDGETS, ...COMPOSER, ...HISTORY, ...MOTION].join("\n"));
  }
  return sheet;
}
