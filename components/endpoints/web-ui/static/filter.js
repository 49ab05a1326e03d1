// The filter above the tasks: a query such as `(today | overdue) & @home` (docs/queries.md).

import { byId, showMessage } from "./dom.js";

/**
 * Connects the field; `onFilter` is called when another query is to be shown.
 * @param {() => unknown} onFilter
 */
export function startFilter(onFilter) {
  byId("filter").addEventListener("submit", (event) => {
    event.preventDefault();
    onFilter();
  });
  // What is emptied, also by the cross in the field, leaves nothing out any more.
  byId("filter-query").addEventListener("input", () => {
    if (byId("filter-query").value === "") onFilter();
  });
}

/** The query that is in the field. */
export const writtenQuery = () => byId("filter-query").value.trim();

/** Forgets what belongs to whoever was signed in. */
export function clearFilter() {
  byId("filter-query").value = "";
  showFilterProblem(null);
}

/**
 * Says what is wrong with the query.
 * @param {import("./access.js").Problem | null} problem
 */
export function showFilterProblem(problem) {
  showMessage(byId("filter-problem"), problem?.message);
  byId("filter-query").setAttribute("aria-invalid", String(problem !== null));
}
