"use strict";

// A JSON string is a YAML string too, whatever is in it.
function asYaml(entries) {
  return entries.map((entry) => Object.entries(entry)
    .map(([key, value], place) => (place ? "  " : "- ") + key + ": " + JSON.stringify(value))
    .join("\n") + "\n").join("\n");
}

// The corrections that one record's answers amount to: one for each field that was changed.
function correctionsOf(record, answers, slug) {
  const guard = record.guard ? { name: record.guard } : {};
  return answers.map(({ action, value }) => {
    const entry = { id: [slug, record.start, action.replace(/_/g, "-")].join("-"), doc: record.doc, start: record.start, as_written: record.written, ...guard, action };
    if (value !== undefined) entry.value = value;
    return { ...entry, reason: record.reason, evidence: record.evidence };
  });
}

function answersOf(details) {
  const changed = [];
  for (const field of details.querySelectorAll("[data-action]")) {
    const tick = field.type === "checkbox";
    const value = tick ? "" : field.value.trim();
    const differs = tick ? field.checked : value !== field.dataset.said;
    field.classList.toggle("changed", differs);
    if (differs) changed.push(tick ? { action: field.dataset.action } : { action: field.dataset.action, value });
  }
  return changed;
}

function start() {
  const body = document.body;
  const records = [...document.querySelectorAll("details.record")];
  const peek = document.getElementById("peek");
  const trouble = document.getElementById("trouble");
  let saved = true;

  function show(number) {
    document.querySelectorAll(".current").forEach((element) => element.classList.remove("current"));
    document.querySelectorAll(`.source [data-record="${number}"]`).forEach((element) => element.classList.add("current"));
    const record = records[number];
    const parts = [record.querySelector("summary").cloneNode(true), record.querySelector("dl").cloneNode(true)];
    const heading = document.createElement("p");
    heading.append(...parts[0].childNodes);
    peek.replaceChildren(heading, parts[1]);
  }

  function open(number) {
    show(number);
    records[number].open = true;
    const summary = records[number].querySelector("summary");
    summary.focus();
    summary.scrollIntoView({ block: "center" });
  }

  function step(by) {
    const now = records.findIndex((record) => record.contains(document.activeElement));
    records[now] && (records[now].open = false);
    open(Math.min(records.length - 1, Math.max(0, now + by)));
  }

  function gather() {
    const entries = [];
    let answered = 0;
    let missing = null;
    for (const details of records) {
      const answers = answersOf(details);
      details.classList.toggle("answered", answers.length > 0);
      if (!answers.length) continue;
      answered += 1;
      const [reason, evidence] = [".reason", ".evidence"].map((name) => details.querySelector(name));
      missing = missing || [reason, evidence].find((field) => !field.value.trim()) || null;
      const { start: place, written, guard } = details.dataset;
      const record = { doc: body.dataset.doc, start: Number(place), written, guard, reason: reason.value.trim(), evidence: evidence.value.trim() };
      entries.push(...correctionsOf(record, answers, body.dataset.slug));
    }
    document.getElementById("count").value = answered;
    document.getElementById("yaml").value = asYaml(entries);
    return { text: asYaml(entries), missing };
  }

  function ready() {
    const { text, missing } = gather();
    trouble.textContent = missing ? trouble.dataset.missing : "";
    if (missing) {
      missing.closest("details").open = true;
      missing.focus();
    }
    return missing ? null : text;
  }

  document.querySelector(".source").addEventListener("mouseover", (event) => {
    const mark = event.target.closest("[data-record]");
    if (mark) show(Number(mark.dataset.record));
  });
  document.querySelector(".source").addEventListener("focusin", (event) => show(Number(event.target.dataset.record)));
  document.querySelector(".source").addEventListener("click", (event) => {
    const mark = event.target.closest("[data-record]");
    if (!mark) return;
    event.preventDefault();
    open(Number(mark.dataset.record));
  });
  records.forEach((record, number) => {
    record.addEventListener("focusin", () => show(number));
    record.querySelector(".to-text").addEventListener("click", (event) => {
      event.preventDefault();
      const mark = document.querySelector(`.source [data-record="${number}"]`);
      if (mark) { mark.scrollIntoView({ block: "center" }); mark.focus(); }
    });
    record.addEventListener("input", () => { saved = false; gather(); });
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
    if (event.key === "t") document.activeElement.closest("details")?.querySelector(".to-text").click();
  });
  document.getElementById("copy").addEventListener("click", () => {
    if (ready() === null) return;
    const area = document.getElementById("yaml");
    area.select();
    document.execCommand("copy");
    saved = true;
  });
  document.getElementById("save").addEventListener("click", () => {
    const text = ready();
    if (text === null) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/yaml" }));
    link.download = "corrections.yml";
    link.click();
    URL.revokeObjectURL(link.href);
    saved = true;
  });
  document.getElementById("export").addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("beforeunload", (event) => { if (!saved) event.preventDefault(); });
}

if (typeof document !== "undefined") start();
