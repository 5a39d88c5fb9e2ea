"use strict";

// How far a reader is: what was looked at and answered, as a file of its own, so that one may stop and go on another day.

const PROGRESS = "tongbi review";
const FORM = 1;

function keyOf(mark) {
  return JSON.stringify([mark.start, mark.written, mark.guard]);
}

function progressText(doc, text, marks) {
  return JSON.stringify({ kind: PROGRESS, form: FORM, doc, text, marks }, null, 1) + "\n";
}

function isSound(mark) {
  const texts = [mark?.written, mark?.guard, mark?.reason, mark?.evidence];
  return Number.isInteger(mark?.start) && texts.every((one) => typeof one === "string") && typeof mark.checked === "boolean"
    && Array.isArray(mark.answers) && mark.answers.every((one) => typeof one?.action === "string" && ["string", "undefined"].includes(typeof one.value));
}

// The marks of such a file, by the record each is of; or its trouble: "damaged", or "other" where it is of another document or text.
function readProgress(source, doc, text) {
  let said = null;
  try { said = JSON.parse(source); } catch { /* said below */ }
  if (said?.kind !== PROGRESS || said.form !== FORM || !Array.isArray(said.marks) || !said.marks.every(isSound)) return { trouble: "damaged" };
  if (said.doc !== doc || said.text !== text) return { trouble: "other" };
  return { marks: new Map(said.marks.map((mark) => [keyOf(mark), mark])) };
}

// The next place that is open, behind `now` and then from the beginning; -1 where none is.
function nextOpen(open, now) {
  const behind = open.indexOf(true, now + 1);
  return behind < 0 ? open.indexOf(true) : behind;
}
