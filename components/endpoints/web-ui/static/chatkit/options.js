// What a page asks of the element, read from the options of OpenAI's.

/** Options that have no meaning here, by their paths. They are told in the event `chatkit.log`, so that nobody looks for them in vain. */
const LEFT_OUT = ["entities", "commands", "composer.tools", "composer.models", "composer.dictation", "header.leftAction", "header.rightAction"];

const DEFAULTS = {
  /** As the protocol's own element has them. */
  greeting: "What can I help with today?",
  placeholder: "Message the AI",
  maxCount: 10,
  maxSize: 100 * 1024 * 1024,
};

/**
 * The options as the element uses them.
 * @param {ChatKitOptions} options
 * @returns {ElementOptions}
 * @throws {TypeError} where they ask for what can't be had
 */
export function readOptions(options) {
  const { api } = options ?? {};
  if (!api) throw new TypeError("setOptions: `api` is missing.");
  if ("getClientSecret" in api) {
    throw new TypeError("setOptions: `api.getClientSecret` is for threads that OpenAI keeps. Here `api.url` names the server; `api.fetch` signs in.");
  }
  if (typeof api.url !== "string" || api.url === "") throw new TypeError("setOptions: `api.url` has to be the address of the server.");
  const { header = {}, history = {}, startScreen = {}, threadItemActions = {}, composer = {}, theme = "light" } = options;
  const { attachments } = composer;
  return {
    url: api.url,
    fetch: api.fetch,
    uploadUrl: api.uploadStrategy?.type === "direct" ? api.uploadStrategy.uploadUrl : null,
    locale: options.locale ?? "en",
    title: options.frameTitle ?? "Chat",
    initialThread: options.initialThread ?? null,
    runTool: options.onClientTool ?? null,
    onAction: options.widgets?.onAction ?? null,
    hasHeader: header.enabled ?? true,
    hasTitle: header.title?.enabled ?? true,
    titleText: header.title?.text ?? null,
    hasHistory: history.enabled ?? true,
    canDelete: history.showDelete ?? true,
    canRename: history.showRename ?? true,
    greeting: startScreen.greeting ?? DEFAULTS.greeting,
    prompts: startScreen.prompts ?? [],
    hasFeedback: threadItemActions.feedback ?? false,
    hasRetry: threadItemActions.retry ?? false,
    placeholder: composer.placeholder ?? DEFAULTS.placeholder,
    attachments: attachments?.enabled
      ? { maxCount: attachments.maxCount ?? DEFAULTS.maxCount, maxSize: attachments.maxSize ?? DEFAULTS.maxSize, accept: attachments.accept ?? null }
      : null,
    disclaimer: options.disclaimer ?? null,
    theme: typeof theme === "string" ? { colorScheme: theme } : theme,
    leftOut: LEFT_OUT.filter((path) => valueAt(options, path) !== undefined),
  };
}

/**
 * @param {any} value
 * @param {string} path
 */
const valueAt = (value, path) => path.split(".").reduce((found, name) => found?.[name], value);

/**
 * The largest file of a media type, in bytes.
 * @param {number | Record<string, number>} limits
 * @param {string} mediaType
 */
export function maxSizeOf(limits, mediaType) {
  if (typeof limits === "number") return limits;
  const [kind] = mediaType.split("/");
  return limits[mediaType] ?? limits[`${kind}/*`] ?? limits["*"] ?? limits[""] ?? DEFAULTS.maxSize;
}
