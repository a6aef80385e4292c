import { evidenceChart, intervalChart, trendChart } from "./chart.js";

const REFRESH_MS = 2000;
const TIME_LIMIT_MS = 5000;
const ROWS_AT_FIRST = 60;
const BASELINES_SHOWN = 5;
const MISSING_SHOWN = 5;
const UNKNOWN = "–";

const byId = (id) => document.getElementById(id);
const seen = new Map();
let sorting = { key: "worst", descending: true };
let showAll = false;
let lastAnswerAt = null;

// --- making elements: text is only ever set as text ---

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(key, value === true ? "" : String(value));
    }
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

function table(className, caption, columns, rows) {
  const heads = columns.map((column) => element("th", { scope: "col", role: "columnheader", class: column.className, "aria-sort": column.sort },
    column.onSort ? sortButton(column) : column.label));
  return element("table", { class: className, role: "table" },
    element("caption", {}, caption),
    element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...heads)),
    element("tbody", { role: "rowgroup" }, ...rows));
}

function sortButton(column) {
  const button = element("button", { type: "button", "data-focus": `sort ${column.label}` }, column.label);
  button.addEventListener("click", column.onSort);
  return button;
}

const cell = (label, className, ...children) => element("td", { role: "cell", class: className, "data-label": label }, ...children);
const head = (...children) => element("th", { scope: "row", role: "rowheader" }, ...children);
const unknown = () => element("span", { class: "unknown", title: "not known" }, UNKNOWN);

/** Replaces the children, and puts the keyboard's focus back where it was. */
function show(id, ...children) {
  const place = byId(id);
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
  place.replaceChildren(...children.filter((child) => child !== null));
  if (focused) {
    place.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
  }
}

/** Whether this part of the answer differs from the last time: what is the same is not drawn again. */
function changed(name, value) {
  const text = JSON.stringify(value);
  if (seen.get(name) === text) {
    return false;
  }
  seen.set(name, text);
  return true;
}

// --- numbers and times, as people read them ---

const counts = new Intl.NumberFormat("en-GB");
const count = (value) => counts.format(value);
const percent = (ratio) => (ratio === null ? UNKNOWN : `${(ratio * 100).toFixed(1)}\u00a0%`);
function points(difference) {
  const size = (Math.abs(difference) * 100).toFixed(1);
  const sign = Number(size) === 0 ? "" : difference < 0 ? "−" : "+";
  return `${sign}${size}\u00a0pts`;
}

const time = (iso) => iso.replace("T", " ").replace(/(\.\d+)?Z$/, "");
const dateAndTime = (iso) => (iso === null ? unknown()
  : element("time", { datetime: iso }, element("span", { class: "date" }, time(iso).slice(0, 10)), " ", element("span", { class: "clock" }, time(iso).slice(11))));
/** A sentence whose numbers keep their units and whose dates stay in one piece at the end of a line. */
const sentence = (text) => text.split(/(\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)? UTC)?|[\d.,]+ (?:%|points))/)
  .map((part, index) => (index % 2 === 1 ? element("span", { class: "whole" }, part) : part));
const words = (kind) => kind.toLowerCase().replaceAll("_", " ");

function duration(seconds) {
  if (seconds === null) {
    return UNKNOWN;
  }
  const units = [[86400, "d"], [3600, "h"], [60, "min"]];
  const unit = units.find(([size]) => seconds >= size);
  return unit ? `${(seconds / unit[0]).toFixed(seconds / unit[0] < 10 ? 1 : 0)} ${unit[1]}` : `${Math.round(seconds)} s`;
}

function evidenceText(evidence) {
  if (evidence >= 100) return ">99";
  return evidence >= 0.01 ? evidence.toFixed(2) : "<0.01";
}

function sliceName(name, terms) {
  const parts = [];
  for (const [dimension, value] of Object.entries(terms)) {
    if (parts.length > 0) parts.push(" ∧ ");
    parts.push(element("span", { class: "dimension" }, `${dimension}=`), value);
  }
  return parts.length > 0 ? element("span", {}, ...parts) : element("span", {}, name);
}

// --- the table of deployments ---

const link = (deployment) => `#/${encodeURIComponent(deployment.customer)}/${encodeURIComponent(deployment.deployment)}`;
const nowRatio = (slice) => (slice === null ? null : slice.recentRatio ?? slice.ratio);

function drawDeployments(deployments, chosen) {
  const rows = deployments.map((deployment) => deploymentRow(deployment, chosen));
  show("deployments", table("deployments", "Deployments", [
    { label: "Deployment" },
    { label: "Customer" },
    { label: "Metric", className: "later" },
    { label: "Now", className: "number" },
    { label: "Baseline", className: "number" },
    { label: "Change", className: "number" },
    { label: "Over time" },
    { label: "Inferences", className: "number later" },
    { label: "Label coverage", className: "number" },
    { label: "Alerts" },
  ], rows));
}

function deploymentRow(deployment, chosen) {
  const overall = deployment.overall;
  const now = nowRatio(overall);
  const baseline = overall?.baselineRatio ?? null;
  const change = now === null || baseline === null ? null : now - baseline;
  const name = element("a", { href: link(deployment), "data-focus": link(deployment) }, deployment.deployment);
  const trend = trendChart(deployment.overallHistory, baseline, `overall ${deployment.metricWords} over time, now ${percent(now)}`);
  const row = element("tr", { role: "row", "aria-current": isSame(deployment, chosen) ? "true" : null },
    head(name),
    cell("Customer", "", deployment.customer),
    cell("Metric", "later aside", deployment.metricWords),
    cell("Now", "number", now === null ? unknown() : percent(now)),
    cell("Baseline", "number aside", baselineText(deployment, baseline)),
    cell("Change", "number", change === null ? unknown() : element("span", { class: change > 0.02 ? "worse" : null }, points(change))),
    cell("Over time", "", trend ?? unknown()),
    cell("Inferences", "number aside later", count(deployment.inferencesReceived)),
    cell("Label coverage", "number aside", percent(overall?.labelCoverage ?? null)),
    cell("Alerts", "", deployment.alertsFiring > 0
      ? element("span", { class: "badge firing" }, `${count(deployment.alertsFiring)} firing`)
      : element("span", { class: "aside" }, "none")));
  row.addEventListener("click", () => { location.hash = link(deployment); });
  return row;
}

function baselineText(deployment, baseline) {
  if (baseline !== null) return percent(baseline);
  if (deployment.baselineVersion === null && deployment.baselineProgress !== null) {
    return `learning, ${count(deployment.baselineProgress)}`;
  }
  return unknown();
}

const isSame = (one, other) => other !== null && one.customer === other.customer && one.deployment === other.deployment;

function unwatchedText(unwatched) {
  return unwatched
    .map((entry) => `${entry.customer}: ${count(entry.inferencesReceived + entry.truthsReceived)} records of `
      + `${entry.deployment.startsWith("__") ? "no readable deployment" : `“${entry.deployment}”, which no policy covers`}`)
    .join(" · ");
}

// --- the chosen deployment ---

function drawDetail(detail) {
  const versions = [...new Set(detail.slices.map((slice) => slice.modelVersion))];
  byId("detail-title").replaceChildren(element("span", { class: "of" }, `${detail.customer} / `), detail.deployment);
  const learning = detail.baselineProgress === null ? null : `${count(detail.baselineProgress)} labelled so far`;
  const baseline = detail.baselineVersion !== null ? `baseline ${detail.baselineVersion}${learning ? `, the next being learned, ${learning}` : ""}`
    : learning ? `learning its baseline, ${learning}` : "no baseline";
  const model = versions.length === 0 ? null : `model ${versions.join(", ")}`;
  const asOf = detail.asOf === null ? null : `as of ${time(detail.asOf)} UTC`;
  byId("detail-facts").replaceChildren(...sentence([detail.metricWords, baseline, model, asOf]
    .filter((part) => part !== null).join(" · ")));
  drawAlerts(detail.alerts);
  drawSlices(detail, versions.length > 1);
  drawBaselines(detail);
  drawRecords(detail);
}

const STATES = ["FIRING", "STALE", "RESOLVED"];
const KINDS = ["DISPARATE_DEGRADATION", "DEGRADATION", "DISPARITY", "LABEL_COVERAGE", "NEW_CONDITION"];

/** What pages comes first; among equals the order of the answer stands, the newest first. */
const gravestFirst = (alerts) => [...alerts].sort((one, other) => STATES.indexOf(one.state) - STATES.indexOf(other.state)
  || KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind));

function drawAlerts(alerts) {
  if (alerts.length === 0) {
    show("alerts", element("p", {}, "None. Nothing of this deployment is shown to have got worse."));
    return;
  }
  show("alerts", table("alerts", "Alerts", [
    { label: "State" },
    { label: "Claim" },
    { label: "Effect, 95 % interval", className: "number" },
    { label: "Labelled since onset", className: "number" },
    { label: "Coverage (at baseline)", className: "number later" },
    { label: "Fired (UTC)" },
    { label: "Ended (UTC)" },
  ], gravestFirst(alerts).map(alertRow)));
}

function alertRow(alert) {
  const state = alert.state.toLowerCase();
  const coverage = alert.coverageNow === null ? unknown()
    : percent(alert.coverageNow) + (alert.coverageAtBaseline === null ? "" : ` (${percent(alert.coverageAtBaseline)})`);
  return element("tr", { role: "row", class: state },
    cell("State", "", element("span", { class: `badge ${state}` }, state)),
    cell("Claim", "what wide", element("span", { class: "kind" }, words(alert.kind)), ` · ${alert.slice}`,
      element("span", { class: "message" }, ...sentence(alert.message))),
    cell("Effect, 95 % interval", "number", points(alert.effect), element("br"),
      element("span", { class: "aside" }, `${points(alert.lower)} to ${points(alert.upper)}`)),
    cell("Labelled since onset", "number", count(alert.labelled)),
    cell("Coverage (at baseline)", "number aside later", coverage),
    cell("Fired (UTC)", "aside", dateAndTime(alert.startedAt)),
    cell("Ended (UTC)", "aside", dateAndTime(alert.endedAt)));
}

const effectOf = (slice) => slice.disparateEffect ?? (slice.ratio !== null && slice.baselineRatio !== null ? slice.ratio - slice.baselineRatio : null);
const sortKeys = {
  worst: (slice) => [slice.slice === "overall" ? 1 : 0, slice.evidence ?? -1, effectOf(slice) ?? -9],
  slice: (slice) => [slice.slice],
  ratio: (slice) => [slice.ratio ?? -1],
  effect: (slice) => [effectOf(slice) ?? -9],
  labelled: (slice) => [slice.labelled],
  coverage: (slice) => [slice.labelCoverage ?? -1],
  delay: (slice) => [slice.labelDelaySeconds ?? -1],
};

function sorted(slices) {
  const key = sortKeys[sorting.key];
  const keyed = slices.map((slice, index) => ({ slice, key: [...key(slice)], index }));
  keyed.sort((one, other) => {
    for (let i = 0; i < one.key.length; i++) {
      if (one.key[i] !== other.key[i]) {
        const order = one.key[i] < other.key[i] ? -1 : 1;
        return sorting.descending ? -order : order;
      }
    }
    return one.index - other.index;
  });
  return keyed.map((entry) => entry.slice);
}

function drawSlices(detail, severalVersions) {
  if (detail.slices.length === 0) {
    show("slices", element("p", {}, "None yet: a slice is shown from 11 labelled inferences on."));
    show("more-slices");
    return;
  }
  const column = (label, key, className) => ({
    label,
    className,
    sort: sorting.key === key ? (sorting.descending ? "descending" : "ascending") : null,
    onSort: () => sortBy(key, detail, severalVersions),
  });
  const rows = sorted(detail.slices);
  const shown = showAll ? rows : rows.slice(0, ROWS_AT_FIRST);
  const top = Math.min(1, Math.max(0.02, ...detail.slices.map((slice) => Math.max(slice.ratio ?? 0, slice.baselineRatio ?? 0, slice.recentRatio ?? 0))) * 1.25);
  const firing = new Set(detail.alerts.filter((alert) => alert.state === "FIRING").map((alert) => `${alert.modelVersion} ${alert.slice}`));
  show("slices", table("slices", "Slices", [
    column("Slice", "slice"),
    column("Error ratio", "ratio", "number"),
    { label: `0 to ${percent(top)}` },
    { label: "Baseline", className: "number" },
    column("Worse than rest by", "effect", "number"),
    column("Evidence", "worst"),
    { label: "Over time", className: "later" },
    column("Labelled", "labelled", "number"),
    column("Coverage", "coverage", "number"),
    column("Label delay", "delay", "number later"),
  ], shown.map((slice) => sliceRow(slice, detail, top, severalVersions, firing))));
  show("more-slices", shown.length < rows.length ? moreButton(rows.length, detail, severalVersions) : null);
}

function sortBy(key, detail, severalVersions) {
  sorting = { key, descending: sorting.key === key ? !sorting.descending : key !== "slice" };
  drawSlices(detail, severalVersions);
}

function moreButton(total, detail, severalVersions) {
  const button = element("button", { type: "button" }, `Show all ${count(total)} slices`);
  button.addEventListener("click", () => {
    showAll = true;
    drawSlices(detail, severalVersions);
  });
  return button;
}

function sliceRow(slice, detail, top, severalVersions, firing) {
  const interval = slice.lower === null ? "" : `, 95 % interval ${percent(slice.lower)} to ${percent(slice.upper)}`;
  const against = slice.baselineRatio === null ? "" : `, baseline ${percent(slice.baselineRatio)}`;
  const recent = slice.recentRatio === null ? "" : `, recently ${percent(slice.recentRatio)}`;
  const said = `${slice.slice}: ${percent(slice.ratio)}${interval}${recent}${against}`;
  const depth = Object.keys(slice.terms).length;
  const isFiring = firing.has(`${slice.modelVersion} ${slice.slice}`);
  const trend = trendChart(detail.history[slice.slice] ?? [], slice.baselineRatio, `${slice.slice} over time`);
  const effect = slice.disparateEffect;
  return element("tr", { role: "row", class: [depth === 0 ? "overall" : "", depth > 1 && sorting.key === "slice" ? "narrow" : "", isFiring ? "firing" : ""].join(" ").trim() || null },
    head(sliceName(slice.slice, slice.terms), severalVersions ? element("span", { class: "version" }, slice.modelVersion) : null),
    cell("Error ratio", "number", slice.ratio === null ? unknown() : percent(slice.ratio)),
    cell("Interval", "wide", intervalChart(slice, top, isFiring, said)),
    cell("Baseline", "number aside", slice.baselineRatio === null ? unknown() : percent(slice.baselineRatio)),
    cell("Worse than rest by", "number", effect === null ? unknown() : element("span", { class: effect > 0.02 ? "worse" : null }, points(effect))),
    cell("Evidence", "", slice.evidence === null ? unknown() : evidenceChart(slice.evidence, `evidence ${evidenceText(slice.evidence)}; an alert may fire at 1`)),
    cell("Over time", "later", trend ?? unknown()),
    cell("Labelled", "number", count(slice.labelled)),
    cell("Coverage", "number aside", percent(slice.labelCoverage)),
    cell("Label delay", "number aside later", slice.labelDelaySeconds === null ? unknown() : duration(slice.labelDelaySeconds)));
}

function drawBaselines(detail) {
  const missing = detail.baseline.missing;
  const named = missing.slice(0, MISSING_SHOWN).map((one) => `${one.slice}: ${count(one.labelled)} of ${count(one.needed)} labelled`);
  const more = missing.length > named.length ? `, and ${count(missing.length - named.length)} more` : "";
  byId("baseline-missing").textContent = missing.length === 0 ? "" : `Too few to alert on yet: ${named.join(", ")}${more}.`;
  const refused = Object.entries(detail.refusedCommands).map(([reason, times]) => `${words(reason)} (${count(times)})`);
  byId("commands-refused").textContent = refused.length === 0 ? "" : `Commands not obeyed: ${refused.join(", ")}.`;
  if (detail.baselines.length === 0) {
    show("baselines", element("p", {}, "None was in force yet."));
    return;
  }
  show("baselines", table("baselines", "Baselines", [
    { label: "Version" },
    { label: "Set (UTC)" },
    { label: "By" },
    { label: "Source", className: "later" },
    { label: "Period (UTC)", className: "later" },
    { label: "Labelled", className: "number" },
  ], [...detail.baselines].reverse().slice(0, BASELINES_SHOWN).map(baselineRow)));
}

function baselineRow(entry) {
  const period = entry.from === null ? unknown() : `${time(entry.from)} to ${time(entry.to)}`;
  return element("tr", { role: "row" },
    head(entry.version),
    cell("Set (UTC)", "aside", dateAndTime(entry.setAt)),
    cell("By", "", entry.setBy),
    cell("Source", "aside later", words(entry.source)),
    cell("Period (UTC)", "aside later", period),
    cell("Labelled", "number", entry.labelled === null ? unknown() : count(entry.labelled)));
}

function drawRecords(detail) {
  const part = (title, entries) => {
    const list = element("dl");
    for (const [name, value] of entries) {
      list.append(element("dt", {}, name), element("dd", {}, count(value)));
    }
    return element("section", {}, element("h4", {}, title), list);
  };
  const of = (prefix) => Object.entries(detail.ledger).filter(([name]) => name.startsWith(prefix))
    .map(([name, value]) => [words(name.slice(prefix.length)), value]);
  const letters = Object.entries(detail.deadLetters).map(([reason, value]) => [words(reason), value]);
  show("records", part("Inferences", of("inference_")), part("Ground truths", of("truth_")),
    part("Dead letters by reason", letters.length > 0 ? letters : [["none", 0]]));
}

// --- asking, again and again ---

function chosenInAddress() {
  const match = /^#\/([^/]+)\/([^/]+)$/.exec(location.hash);
  try {
    return match ? { customer: decodeURIComponent(match[1]), deployment: decodeURIComponent(match[2]) } : null;
  } catch {
    return null;
  }
}

async function ask(path) {
  const response = await fetch(path, { signal: AbortSignal.timeout(TIME_LIMIT_MS), headers: { Accept: "application/json" } });
  return { status: response.status, body: await response.json() };
}

function setStatus(className, text) {
  byId("status").className = `status ${className}`;
  const place = byId("status").querySelector(".words");
  if (place.textContent !== text) place.textContent = text;
}

function setBanner(text, lost) {
  const banner = byId("banner");
  banner.hidden = text === null;
  banner.classList.toggle("lost", lost);
  if (text !== null && banner.textContent !== text) banner.textContent = text;
  document.body.classList.toggle("out-of-date", text !== null);
}

function drawReadiness(readiness) {
  setStatus(readiness.ready ? "ready" : "waiting", readiness.ready ? "processing" : `not ready: ${readiness.reason}`);
  setBanner(readiness.ready ? null : `Not ready: ${readiness.reason}. What is shown below may be out of date.`, false);
}

async function refresh() {
  const readiness = await ask("health/ready");
  drawReadiness(readiness.body);
  const answer = await ask("api/v1/deployments");
  if (answer.status !== 200) {
    return;
  }
  const watched = answer.body.filter((entry) => entry.watched);
  const unwatched = answer.body.filter((entry) => !entry.watched);
  watched.sort((one, other) => other.alertsFiring - one.alertsFiring);
  byId("empty").hidden = watched.length > 0;
  byId("overview").hidden = watched.length === 0;
  byId("unwatched").textContent = unwatchedText(unwatched);
  byId("unwatched-when-empty").textContent = unwatchedText(unwatched);
  const chosen = chosenInAddress() ?? watched[0] ?? null;
  if (changed("deployments", [watched, chosen])) drawDeployments(watched, chosen);
  await refreshDetail(chosen);
  const firing = watched.reduce((sum, entry) => sum + entry.alertsFiring, 0);
  document.title = firing > 0 ? `(${firing}) Lastmile` : "Lastmile";
  lastAnswerAt = new Date();
  byId("updated").textContent = `${lastAnswerAt.toISOString().slice(11, 19)} UTC`;
}

async function refreshDetail(chosen) {
  const place = byId("detail");
  if (chosen === null) {
    place.hidden = true;
    return;
  }
  const answer = await ask(`api/v1/deployments/${encodeURIComponent(chosen.customer)}/${encodeURIComponent(chosen.deployment)}`);
  const since = chosenInAddress();
  if (since !== null && !isSame(since, chosen)) {
    return; // another one was chosen meanwhile
  }
  place.hidden = answer.status !== 200;
  if (answer.status === 200 && changed("detail", answer.body)) drawDetail(answer.body);
}

async function again() {
  if (!document.hidden) {
    try {
      await refresh();
    } catch (failure) {
      const since = lastAnswerAt === null ? "" : ` The last answer came at ${lastAnswerAt.toISOString().slice(11, 19)} UTC.`;
      setStatus("lost", "monitor not reachable");
      setBanner(`The monitor is not reachable.${since} Trying again every ${REFRESH_MS / 1000} s.`, true);
    }
  }
  clearTimeout(again.timer);
  again.timer = setTimeout(again, REFRESH_MS);
}

window.addEventListener("hashchange", () => {
  showAll = false;
  again();
});
document.addEventListener("visibilitychange", again);
again();
