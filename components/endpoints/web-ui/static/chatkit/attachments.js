// Files on their way into a message: announced, uploaded, and named by their ids.

import { createButton, createElement } from "./dom.js";
import { icon } from "./icons.js";
import { maxSizeOf } from "./options.js";

/** Media types by the ends of names, for systems that don't know them. */
const BY_ENDING = { csv: "text/csv", md: "text/markdown", txt: "text/plain" };

/**
 * The media type of a file.
 * @param {{ name: string, type: string }} file
 */
export function mediaType({ name, type }) {
  const ending = name.split(".").at(-1)?.toLowerCase() ?? "";
  return type || (BY_ENDING[/** @type {keyof typeof BY_ENDING} */ (ending)] ?? "application/octet-stream");
}

/**
 * Why a file can't be sent; null where it can.
 * @param {{ name: string, type: string, size: number }} file
 * @param {AttachmentLimits} limits
 * @param {number} count of the files that are there already
 */
export function refusal(file, { maxCount, maxSize, accept }, count) {
  const type = mediaType(file);
  const most = maxSizeOf(maxSize, type);
  if (count >= maxCount) return `A message takes ${maxCount === 1 ? "one file" : `${maxCount} files`} at most.`;
  if (file.size > most) return `“${file.name}” is too large: a file has ${Math.floor(most / 1024).toLocaleString("en")} KB at most.`;
  if (accept && !isAccepted(file.name, type, accept)) return `“${file.name}” is not of a kind that can be sent.`;
  return null;
}

/**
 * @param {string} name
 * @param {string} type
 * @param {Record<string, string[]>} accept
 */
function isAccepted(name, type, accept) {
  return Object.entries(accept).some(([pattern, endings]) => {
    const isOfType = pattern === type || (pattern.endsWith("/*") && type.startsWith(pattern.slice(0, -1)));
    return isOfType || endings.some((ending) => name.toLowerCase().endsWith(ending));
  });
}

/** The files of the message that is being written. */
export class Attachments {
  /** @type {{ attachment: ChatAttachment | null, chip: HTMLElement }[]} */
  #files = [];
  /** The files as they are shown. */
  element = createElement("ul", { "class": "files", "aria-label": "Files" });
  #client;
  #options;
  #onChange;

  /**
   * @param {import("./client.js").Client} client
   * @param {ElementOptions} options
   * @param {(problem: string | null) => void} onChange
   */
  constructor(client, options, onChange) {
    this.#client = client;
    this.#options = options;
    this.#onChange = onChange;
  }

  /**
   * From now on with other options, in another place. The files stay, also those that are on their way.
   * @param {import("./client.js").Client} client
   * @param {ElementOptions} options
   * @param {(problem: string | null) => void} onChange
   */
  configure(client, options, onChange) {
    this.#client = client;
    this.#options = options;
    this.#onChange = onChange;
  }

  /** Whether every file is where it has to be. */
  get isReady() {
    return this.#files.every(({ attachment }) => attachment !== null);
  }

  /** @returns {ChatAttachment[]} */
  get ready() {
    return this.#files.flatMap(({ attachment }) => (attachment ? [attachment] : []));
  }

  /**
   * Uploads files.
   * @param {Iterable<File>} files
   */
  async add(files) {
    const limits = this.#options.attachments;
    if (!limits) return;
    const uploads = [];
    for (const file of files) {
      const problem = refusal(file, limits, this.#files.length);
      if (problem) this.#onChange(problem);
      else uploads.push(this.#upload(file));
    }
    await Promise.all(uploads);
  }

  /**
   * Puts files in that their server has already.
   * @param {ChatAttachment[]} attachments
   */
  put(attachments) {
    for (const attachment of attachments) this.#show(attachment.name).attachment = attachment;
    this.#onChange(null);
  }

  /** The message is on its way, and its files with it. */
  clear() {
    this.#files = [];
    this.element.replaceChildren();
  }

  /** @param {File} file */
  async #upload(file) {
    const entry = this.#show(file.name);
    entry.chip.setAttribute("aria-busy", "true");
    this.#onChange(null);
    try {
      const attachment = await this.#send(file);
      entry.attachment = attachment;
      entry.chip.removeAttribute("aria-busy");
      this.#onChange(null);
    } catch (error) {
      this.#remove(entry);
      this.#onChange(`“${file.name}” was not uploaded. ${error.message}`);
    }
  }

  /** @param {File} file */
  async #send(file) {
    const { uploadUrl } = this.#options;
    if (uploadUrl !== null) return this.#client.uploadDirectly(uploadUrl, file);
    const type = mediaType(file);
    const attachment = await this.#client.request("attachments.create", { name: file.name, size: file.size, mime_type: type });
    if (attachment.upload_descriptor) await this.#client.upload(attachment.upload_descriptor, file, type);
    return attachment;
  }

  /** @param {string} name */
  #show(name) {
    /** @type {{ attachment: ChatAttachment | null, chip: HTMLElement }} */
    const entry = { attachment: null, chip: createElement("li", { class: "file" }) };
    const remove = createButton({ "class": "tool", "aria-label": `Remove ${name}` }, [icon("close")], () => {
      this.#remove(entry);
      const { attachment } = entry;
      // It would be gone by itself: nobody waits for that.
      if (attachment) this.#client.request("attachments.delete", { attachment_id: attachment.id }).catch(() => {});
      this.#onChange(null);
    });
    entry.chip.append(icon("document"), createElement("span", { dir: "auto" }, name), remove);
    this.#files.push(entry);
    this.element.append(entry.chip);
    return entry;
  }

  /** @param {{ chip: HTMLElement }} entry */
  #remove(entry) {
    this.#files = this.#files.filter((file) => file !== entry);
    entry.chip.remove();
  }
}
