// Small charts as inline SVG. Every one says in words what it shows; nothing is ever written as markup.

const SVG = "http://www.w3.org/2000/svg";

function shape(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, String(value));
  }
  return element;
}

function chart(width, height, className, words) {
  const svg = shape("svg", {
    width, height, viewBox: `0 0 ${width} ${height}`, class: className, role: "img", "aria-label": words,
  });
  const title = document.createElementNS(SVG, "title");
  title.textContent = words;
  svg.append(title);
  return svg;
}

const at = (x) => x.toFixed(1);

/**
 * A ratio with its interval against the baseline.
 *
 * @param slice as the API gives it
 * @param top the ratio at the right edge, common to all rows; what goes beyond is cut at the edge, without a cap
 * @param firing whether an alert of this slice fires: only that is red, a wide look is not
 * @param words what the chart shows
 */
export function intervalChart(slice, top, firing, words) {
  const width = 230;
  const height = 22;
  const middle = height / 2;
  const x = (ratio) => 4 + Math.min(1, Math.max(0, ratio / top)) * (width - 8);
  const svg = chart(width, height, "interval-chart", words);
  svg.append(shape("line", { class: "track", x1: 4, x2: width - 4, y1: middle, y2: middle }));
  if (slice.ratio === null) {
    return svg;
  }
  const worse = firing ? " worse" : "";
  if (slice.baselineRatio !== null) {
    const from = Math.min(x(slice.baselineRatio), x(slice.ratio));
    const to = Math.max(x(slice.baselineRatio), x(slice.ratio));
    svg.append(shape("rect", { class: `shift${worse}`, x: at(from), y: middle - 5, width: at(to - from), height: 10 }));
  }
  if (slice.lower !== null) {
    svg.append(shape("line", { class: `interval${worse}`, x1: at(x(slice.lower)), x2: at(x(slice.upper)), y1: middle, y2: middle }));
    for (const end of [slice.lower, slice.upper]) {
      if (end <= top) {
        svg.append(shape("line", { class: `interval${worse}`, x1: at(x(end)), x2: at(x(end)), y1: middle - 4, y2: middle + 4 }));
      }
    }
  }
  if (slice.baselineRatio !== null) {
    const baseline = at(x(slice.baselineRatio));
    svg.append(shape("line", { class: "baseline", x1: baseline, x2: baseline, y1: 2, y2: height - 2 }));
  }
  svg.append(shape("circle", { class: `ratio${worse}`, cx: at(x(slice.ratio)), cy: middle, r: 3.5 }));
  if (slice.recentRatio !== null) {
    svg.append(shape("circle", { class: `recent${worse}`, cx: at(x(slice.recentRatio)), cy: middle, r: 3.5 }));
  }
  return svg;
}

/**
 * A ratio over time; null where there is too little to draw.
 *
 * @param points as the API gives them, oldest first
 * @param baseline the ratio drawn as a dashed line, or null
 */
export function trendChart(points, baseline, words) {
  if (points.length < 2) {
    return null;
  }
  const width = 104;
  const height = 24;
  // At least a quarter of the mean up and down, so that a steady ratio looks steady.
  const drawn = [...points.map((point) => point.ratio), ...(baseline === null ? [] : [baseline])];
  const mean = drawn.reduce((sum, ratio) => sum + ratio, 0) / drawn.length;
  const bottom = Math.min(...drawn, mean * 0.75);
  const top = Math.max(...drawn, mean * 1.25, bottom + 1e-9);
  const x = (index) => 2 + (index / (points.length - 1)) * (width - 6);
  const y = (ratio) => height - 3 - ((ratio - bottom) / (top - bottom)) * (height - 6);
  const svg = chart(width, height, "trend-chart", words);
  if (baseline !== null) {
    svg.append(shape("line", { class: "trend-baseline", x1: 2, x2: width - 4, y1: at(y(baseline)), y2: at(y(baseline)) }));
  }
  const line = points.map((point, index) => `${at(x(index))},${at(y(point.ratio))}`).join(" ");
  svg.append(shape("polyline", { class: "trend", points: line }));
  const last = points.length - 1;
  svg.append(shape("circle", { class: "trend-end", cx: at(x(last)), cy: at(y(points[last].ratio)), r: 2.2 }));
  return svg;
}

/** Evidence on a logarithmic scale from a ten-thousandth to 1, where an alert may fire. */
export function evidenceChart(evidence, words) {
  const width = 56;
  const share = Math.min(1, Math.max(0, 1 + Math.log10(Math.max(evidence, 1e-9)) / 4));
  const svg = chart(width, 8, "evidence-chart", words);
  svg.append(shape("rect", { class: "evidence-track", x: 0, y: 1, width, height: 6, rx: 3 }));
  if (share > 0) {
    const fires = evidence >= 1 ? " fires" : "";
    svg.append(shape("rect", { class: `evidence${fires}`, x: 0, y: 1, width: at(Math.max(3, share * width)), height: 6, rx: 3 }));
  }
  return svg;
}
