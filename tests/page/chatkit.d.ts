// What the scripts of <openai-chatkit> take and give: ChatKit's protocol as far as they read it, and what they tell each other. The
// options, methods and events are those of OpenAI's package.

type ChatKitOptions = import("@openai/chatkit").ChatKitOptions;
type OpenAIChatKit = import("@openai/chatkit").OpenAIChatKit;
type ChatAttachment = import("@openai/chatkit").Attachment & { upload_descriptor?: UploadDescriptor };
type UserMessageContent = import("@openai/chatkit").UserMessageContent;
type ElementTheme = import("@openai/chatkit").ThemeOption;
type SendUserMessageParams = Parameters<import("@openai/chatkit").OpenAIChatKit["sendUserMessage"]>[0];
type SetComposerValueParams = Parameters<import("@openai/chatkit").OpenAIChatKit["setComposerValue"]>[0];

// The protocol.

interface UploadDescriptor {
  url: string;
  method: "POST" | "PUT";
  headers?: Record<string, string>;
}

interface ChatKitThread {
  id: string;
  title?: string;
  created_at: string;
  status?: ThreadStatus;
  metadata?: Record<string, unknown>;
}

interface ThreadStatus {
  type: "active" | "locked" | "closed";
  reason?: string;
}

interface ItemsPage {
  data: ThreadItem[];
  has_more: boolean;
  after?: string | null;
}

interface ItemBase {
  id: string;
  thread_id: string;
  created_at: string;
}

interface OutputText {
  type: "output_text";
  text: string;
  annotations: { source?: { type: string; title: string; url: string } }[];
}

interface UserMessageItem extends ItemBase {
  type: "user_message";
  content: UserMessageContent[];
  attachments?: ChatAttachment[];
  quoted_text?: string;
}

interface AssistantMessageItem extends ItemBase {
  type: "assistant_message";
  content: OutputText[];
}

interface WidgetThreadItem extends ItemBase {
  type: "widget";
  widget: WidgetNode;
  copy_text?: string;
}

interface QuestionAnswer {
  values?: string[];
  skipped?: boolean;
}

interface MultipleChoiceQuestion {
  type: "multiple_choice";
  id: string;
  question: string;
  options: { value: string }[];
  multiple?: boolean;
  answer?: QuestionAnswer;
}

interface FreeformQuestion {
  type: "freeform";
  id: string;
  question: string;
  description?: string;
  answer?: QuestionAnswer;
}

type StructuredQuestion = MultipleChoiceQuestion | FreeformQuestion;

interface StructuredInputItem extends ItemBase {
  type: "structured_input";
  status: "pending" | "answered" | "skipped";
  inputs: StructuredQuestion[];
}

interface StructuredInputSubmission {
  status: "answered" | "skipped";
  answers: Record<string, QuestionAnswer>;
}

interface ClientToolCallItem extends ItemBase {
  type: "client_tool_call";
  name: string;
  arguments: Record<string, unknown>;
  status: "pending" | "completed";
}

interface WorkflowTask {
  title?: string;
  content?: string;
  status_indicator?: "none" | "loading" | "complete";
}

interface WorkflowItem extends ItemBase {
  type: "workflow";
  workflow: { tasks: WorkflowTask[] };
}

interface TaskThreadItem extends ItemBase {
  type: "task";
  task: WorkflowTask;
}

interface GeneratedImageItem extends ItemBase {
  type: "generated_image";
  image?: { id: string; url: string };
}

interface UnseenItem extends ItemBase {
  type: "end_of_turn" | "hidden_context_item" | "sdk_hidden_context";
}

type ThreadItem =
  | UserMessageItem
  | AssistantMessageItem
  | WidgetThreadItem
  | StructuredInputItem
  | ClientToolCallItem
  | WorkflowItem
  | TaskThreadItem
  | GeneratedImageItem
  | UnseenItem;

type ThreadItemUpdate =
  | { type: "assistant_message.content_part.added"; content_index: number; content: OutputText }
  | { type: "assistant_message.content_part.done"; content_index: number; content: OutputText }
  | { type: "assistant_message.content_part.text_delta"; content_index: number; delta: string }
  | { type: "assistant_message.content_part.annotation_added"; content_index: number; annotation_index: number; annotation: OutputText["annotations"][number] }
  | { type: "widget.streaming_text.value_delta"; component_id: string; delta: string; done: boolean }
  | { type: "widget.component.updated"; component_id: string; component: WidgetNode }
  | { type: "widget.root.updated"; widget: WidgetNode }
  | { type: "workflow.task.added"; task_index: number; task: WorkflowTask }
  | { type: "workflow.task.updated"; task_index: number; task: WorkflowTask }
  | { type: "generated_image.updated"; image: { id: string; url: string } };

interface Notice {
  level: "info" | "warning" | "danger";
  title?: string | null;
  message: string;
}

type ThreadStreamEvent =
  | { type: "thread.created" | "thread.updated"; thread: ChatKitThread }
  | { type: "thread.item.added" | "thread.item.done" | "thread.item.replaced"; item: ThreadItem }
  | { type: "thread.item.updated"; item_id: string; update: ThreadItemUpdate }
  | { type: "thread.item.removed"; item_id: string }
  | { type: "stream_options"; stream_options: { allow_cancel: boolean } }
  | { type: "progress_update"; text: string; icon?: string }
  | { type: "client_effect"; name: string; data?: Record<string, unknown> }
  | ({ type: "notice" } & Notice)
  | { type: "error"; code?: string; message?: string; allow_retry?: boolean };

interface UserMessageInput {
  content: UserMessageContent[];
  attachments: string[];
  inference_options: { tool_choice?: { id: string }; model?: string };
  quoted_text?: string;
}

// Widgets: what each kind of component has is in the protocol's reference; what is read of it is one type, since a server of a later
// version may send more.

interface WidgetAction {
  type: string;
  payload?: Record<string, unknown>;
  handler?: "server" | "client";
  loadingBehavior?: "auto" | "none" | "self" | "container";
  streaming?: boolean;
}

interface ChartSeries {
  type: "bar" | "area" | "line";
  label?: string;
  dataKey: string;
}

interface WidgetNode {
  type: string;
  id?: string;
  children?: WidgetNode[] | WidgetNode;
  value?: string;
  label?: string;
  name?: string;
  fieldName?: string;
  placeholder?: string;
  required?: boolean;
  disabled?: boolean;
  onChangeAction?: WidgetAction;
  onClickAction?: WidgetAction;
  onSubmitAction?: WidgetAction;
  confirm?: { label: string; action: WidgetAction };
  cancel?: { label: string; action: WidgetAction };
  asForm?: boolean;
  status?: { text: string };
  defaultValue?: string;
  defaultChecked?: boolean;
  options?: { value: string; label: string; disabled?: boolean }[];
  data?: Record<string, unknown>[];
  series?: ChartSeries[];
  xAxis?: string | { dataKey?: string };
  /** What is only passed on to an element. */
  [member: string]: any;
}

type WidgetActionHandler = (item: WidgetThreadItem, action: WidgetAction) => Promise<void>;

/** What the components of one widget share. */
interface WidgetContext {
  /** The widget's id. */
  id: string;
  /** Names of controls that a label stands for. */
  labelled: Set<string>;
  act: (action: WidgetAction, values: Record<string, unknown>, control: HTMLElement) => Promise<void>;
  render: (node: WidgetNode) => HTMLElement;
}

// What the element's scripts tell each other.

interface AttachmentLimits {
  maxCount: number;
  maxSize: number | Record<string, number>;
  accept: Record<string, string[]> | null;
}

/** The options as the element uses them. */
interface ElementOptions {
  url: string;
  fetch: typeof fetch | undefined;
  uploadUrl: string | null;
  locale: string;
  title: string;
  initialThread: string | null;
  runTool: ChatKitOptions["onClientTool"] | null;
  onAction: NonNullable<ChatKitOptions["widgets"]>["onAction"] | null;
  hasHeader: boolean;
  hasTitle: boolean;
  titleText: string | null;
  hasHistory: boolean;
  canDelete: boolean;
  canRename: boolean;
  greeting: string;
  prompts: NonNullable<NonNullable<ChatKitOptions["startScreen"]>["prompts"]>;
  hasFeedback: boolean;
  hasRetry: boolean;
  placeholder: string;
  attachments: AttachmentLimits | null;
  disclaimer: NonNullable<ChatKitOptions["disclaimer"]> | null;
  theme: ElementTheme;
  leftOut: string[];
}

/** The answer to a request, as it arrives, and by which request it is stopped where closing it does not do that. */
interface AnswerStream {
  events: AsyncIterable<ThreadStreamEvent>;
  cancelUrl: string | null;
}

interface ThreadState {
  id: string | null;
  title: string | null;
  status: ThreadStatus;
  items: ThreadItem[];
  /** After which item earlier ones are to be had; null where there are none. */
  earlier: string | null;
  progress: { text: string; icon: string | null } | null;
  notices: Notice[];
}

/** A message that the server has not taken yet. */
interface PendingMessage {
  input: UserMessageInput;
  item: UserMessageItem;
  threadId: string | null;
  key: string;
}

/** What went wrong: at which item, and what tries it again. */
interface Failure {
  itemId: string | null;
  sentence: string;
  again: (() => void) | null;
}

interface SessionState {
  thread: ThreadState;
  pending: PendingMessage | null;
  failure: Failure | null;
  /** The question whose answer is on its way. */
  heldQuestion: string | null;
  /** The item that is being told. */
  arrivingItem: string | null;
  isBusy: boolean;
  isLoading: boolean;
}

interface SessionHandlers {
  onChange: (canWait: boolean) => void;
  /** Something of the thread is other than before, by this window. */
  onSent: (threadId: string | null) => void;
  emit: (name: string, detail?: object) => void;
  runTool: (name: string, params: Record<string, unknown>) => Promise<Record<string, unknown>>;
}

interface ItemLook {
  isArriving: boolean;
  isHeld: boolean;
  rating: "positive" | "negative" | null;
  hasFeedback: boolean;
  canRetry: boolean;
}

interface ItemHandlers {
  onAnswer: (item: StructuredInputItem, submission: StructuredInputSubmission) => void;
  onAction: WidgetActionHandler;
  onCopy: (text: string) => void;
  onRate: (item: AssistantMessageItem, kind: "positive" | "negative") => void;
  onRetry: (item: AssistantMessageItem) => void;
}

type ThreadHandlers = ItemHandlers;

interface ComposerHandlers {
  onSend: (text: string, attachments: ChatAttachment[], quoted: string | null) => void;
  onStop: () => void;
}

interface HistoryHandlers {
  onClose: () => void;
  onOpen: (id: string) => void;
  onRenamed: (thread: ChatKitThread) => void;
  onDeleted: (id: string) => void;
}

interface PanelHandlers extends ItemHandlers, ComposerHandlers, HistoryHandlers {
  onPrompt: (prompt: string | UserMessageContent[]) => void;
  onEarlier: () => void;
  onNew: () => void;
  onHistory: () => void;
}

/** What the page talks to: our element or theirs. */
interface HTMLElementTagNameMap {
  "openai-chatkit": OpenAIChatKit;
}
