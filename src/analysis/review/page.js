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
  const progress = document.getElementById("progress");
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
    const at = now();
    if (at >= 0) records[at].open = false;
    open(Math.min(records.length - 1, Math.max(0, at + by)));
  }

  function now() {
    return records.findIndex((record) => record.contains(document.activeElement));
  }

  function box(record) {
    return record.querySelector(".checked");
  }

  function isOpen(record) {
    return record.classList.contains("doubtful") && !box(record).checked && !record.classList.contains("answered");
  }

  // Doubts are the first records, the worst first.
  function tour() {
    const next = nextOpen(records.map(isOpen), now());
    if (now() >= 0) records[now()].open = false;
    if (next >= 0) open(next);
    else document.getElementById("next").focus();
  }

  function tell() {
    const doubts = records.filter((record) => record.classList.contains("doubtful"));
    const seen = records.filter((record) => box(record).checked || record.classList.contains("answered"));
    records.forEach((record) => record.classList.toggle("seen", seen.includes(record)));
    const counts = { doubts: doubts.filter((record) => !isOpen(record)).length, doubtful: doubts.length, seen: seen.length, all: records.length };
    progress.textContent = progress.dataset.said.replace(/\{(\w+)\}/g, (_, name) => counts[name]);
  }

  function markOf(record) {
    const { start: place, written, guard } = record.dataset;
    const [reason, evidence] = [".reason", ".evidence"].map((name) => record.querySelector(name).value);
    return { start: Number(place), written, guard, checked: box(record).checked, answers: answersOf(record), reason, evidence };
  }

  function restore(record, mark) {
    box(record).checked = mark.checked;
    record.querySelector(".reason").value = mark.reason;
    record.querySelector(".evidence").value = mark.evidence;
    for (const { action, value } of mark.answers) {
      const field = [...record.querySelectorAll("[data-action]")].find((one) => one.dataset.action === action);
      if (!field) continue;
      if (field.type === "checkbox") field.checked = true;
      else if (value !== undefined) field.value = value;
    }
  }

  function take(source) {
    const said = document.getElementById("kept");
    const { marks, trouble: kind } = readProgress(source, body.dataset.doc, body.dataset.text);
    if (kind) { said.textContent = said.dataset[kind]; return; }
    let fit = 0;
    for (const record of records) {
      const mark = marks.get(keyOf(markOf(record)));
      if (mark) { restore(record, mark); fit += 1; }
    }
    gather();
    said.textContent = said.dataset.read.replace("{fit}", fit).replace("{all}", marks.size);
  }

  function offer(text, name, type) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
    saved = true;
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
    tell();
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
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches("input:not([type=checkbox], [type=file]), select, textarea")) return;
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
    if (event.key === "n") tour();
    if (event.key === "c" && now() >= 0) box(records[now()]).click();
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
    offer(text, "corrections.yml", "text/yaml");
  });
  document.getElementById("keep").addEventListener("click", () => {
    const marks = records.map(markOf).filter((mark) => mark.checked || mark.answers.length || mark.reason || mark.evidence);
    offer(progressText(body.dataset.doc, body.dataset.text, marks), `${body.dataset.slug}.progress.json`, "application/json");
  });
  document.getElementById("back").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    if (file) take(await file.text());
    event.target.value = "";
  });
  document.getElementById("next").addEventListener("click", tour);
  document.getElementById("export").addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("beforeunload", (event) => { if (!saved) event.preventDefault(); });
  gather();
}

if (typeof document !== "undefined") start();
