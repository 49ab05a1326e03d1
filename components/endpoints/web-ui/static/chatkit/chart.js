// Charts: bars and lines for who can see them, and the same numbers as a table for everybody else.

import { createElement, createSvg } from "./dom.js";

const WIDTH = 320;
const HEIGHT = 140;
/** Room below, for what the places are called. */
const FOOT = 20;
const GAP = 8;

/**
 * A chart of a widget.
 * @param {WidgetNode} node
 */
export function chart({ data = [], series = [], xAxis }) {
  const axis = typeof xAxis === "string" ? xAxis : (xAxis?.dataKey ?? "");
  const names = data.map((row) => String(row[axis] ?? ""));
  const values = series.map(({ dataKey }) => data.map((row) => Number(row[dataKey]) || 0));
  return createElement("figure", { class: "chart" }, drawing(names, series, values), table(names, series, values));
}

/**
 * @param {string[]} names
 * @param {ChartSeries[]} series
 * @param {number[][]} values
 */
function drawing(names, series, values) {
  const most = Math.max(1, ...values.flat());
  const step = WIDTH / Math.max(1, names.length);
  const top = (/** @type {number} */ value) => (HEIGHT - FOOT) * (1 - value / most);
  const bars = series.filter(({ type }) => type === "bar").length;
  const shapes = [];
  let place = 0;
  for (const [index, { type }] of series.entries()) {
    const color = `series series-${index % 4}`;
    if (type === "bar") {
      const width = (step - GAP) / bars;
      const from = GAP / 2 + width * place;
      shapes.push(...values[index].map((value, at) => createSvg("rect", { class: color, x: at * step + from, y: top(value), width, height: HEIGHT - FOOT - top(value), rx: 3 })));
      place += 1;
    } else {
      const points = values[index].map((value, at) => `${at * step + step / 2},${top(value)}`).join(" ");
      shapes.push(createSvg("polyline", { class: `${color} line`, points }));
    }
  }
  const words = names.map((name, at) => {
    const word = createSvg("text", { "x": at * step + step / 2, "y": HEIGHT - 5, "text-anchor": "middle" });
    word.textContent = name;
    return word;
  });
  return createSvg("svg", { "viewBox": `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true", "focusable": "false" }, ...shapes, ...words);
}

/**
 * @param {string[]} names
 * @param {ChartSeries[]} series
 * @param {number[][]} values
 */
function table(names, series, values) {
  const head = series.map(({ label, dataKey }) => createElement("th", { scope: "col" }, label ?? dataKey));
  const rows = names.map((name, at) => createElement(
    "tr",
    {},
    createElement("th", { scope: "row" }, name),
    ...values.map((of) => createElement("td", {}, of[at].toLocaleString())),
  ));
  return createElement(
    "table",
    { class: "unseen" },
    createElement("thead", {}, createElement("tr", {}, createElement("td"), ...head)),
    createElement("tbody", {}, ...rows),
  );
}
