// Files can be dropped; a reading under way shows how far it is.
"use strict";
(() => {
  const drop = document.getElementById("drop");
  if (drop) {
    const input = drop.querySelector("input");
    const over = (on) => (e) => { e.preventDefault(); drop.classList.toggle("over", on); };
    drop.addEventListener("dragenter", over(true));
    drop.addEventListener("dragover", over(true));
    drop.addEventListener("dragleave", over(false));
    drop.addEventListener("drop", (e) => { over(false)(e); if (e.dataTransfer.files.length) input.files = e.dataTransfer.files; });
  }
  const job = document.getElementById("job");
  if (!job || job.dataset.state === "done" || job.dataset.state === "failed") return;
  const words = { waiting: "Waiting for another reading to end", reading: "Reading", joining: "Joining names, links and claims", done: "Done", failed: "Stopped" };
  const by = (id) => document.getElementById(id);
  const item = (list, href, title, rest) => {
    const li = document.createElement("li");
    const name = document.createElement(href ? "a" : "bdi");
    if (href) name.href = href;
    name.textContent = title;
    const more = document.createElement("span");
    more.className = "muted";
    more.textContent = " " + rest;
    li.append(name, more);
    list.append(li);
  };
  const plural = (n, word) => n + " " + word + (n === 1 ? "" : "s");
  const step = async () => {
    let s;
    try { s = await (await fetch("/api/v1/readings/" + job.dataset.job)).json(); } catch { setTimeout(step, 2000); return; }
    if (by("state").textContent !== words[s.state]) by("state").textContent = words[s.state];
    by("counts").textContent = `${plural(s.read, "new document")}, ${s.known} known already, ${(s.skipped || []).length} skipped`;
    if (s.total) { by("bar").max = s.total; by("bar").value = s.read + s.known; }
    by("found").replaceChildren();
    for (const d of s.documents || []) item(by("found"), "/documents/" + d.id, d.title, `${d.language}, ${plural(d.statements, "statement")}`);
    by("skips").replaceChildren();
    for (const k of s.skipped || []) item(by("skips"), "", k.path, k.why);
    by("skipped").hidden = !(s.skipped || []).length;
    if (s.state === "done" || s.state === "failed") { location.reload(); return; }
    setTimeout(step, 400);
  };
  step();
})();
