// What scripts add to every page: choosing a stretch of a timeline by drawing across it.
"use strict";
document.documentElement.classList.add("js");

const day = 24 * 3600 * 1000;

function brush(box) {
  const svg = box.querySelector("svg.timeline");
  const rect = svg && svg.querySelector(".brush");
  if (!rect) return;
  const first = Date.parse(svg.dataset.first), end = Date.parse(svg.dataset.end);
  let from = null, pointer = null;
  const at = (e) => {
    const r = svg.getBoundingClientRect();
    return Math.min(1, Math.max(0, (e.clientX - r.left) / r.width));
  };
  const show = (a, b) => {
    rect.setAttribute("x", Math.min(a, b) * 100 + "%");
    rect.setAttribute("width", Math.abs(a - b) * 100 + "%");
  };
  svg.addEventListener("dragstart", (e) => e.preventDefault());
  svg.addEventListener("pointerdown", (e) => { if (e.button === 0) { from = at(e); pointer = e.pointerId; } });
  svg.addEventListener("pointermove", (e) => {
    if (from === null || Math.abs(at(e) - from) < 0.01) return;
    svg.setPointerCapture(pointer);
    show(from, at(e));
  });
  svg.addEventListener("pointerup", (e) => {
    if (from === null) return;
    const a = Math.min(from, at(e)), b = Math.max(from, at(e));
    from = null;
    if (b - a < 0.01) return show(0, 0);
    svg.addEventListener("click", (c) => c.preventDefault(), { capture: true, once: true });
    const iso = (x) => new Date(first + Math.floor(x * (end - first) / day) * day).toISOString().slice(0, 10);
    const q = new URLSearchParams(location.pathname === box.dataset.action ? location.search : "");
    q.set("from", iso(a));
    q.set("to", iso(Math.min(b, 0.99999)));
    q.delete("after");
    location.href = box.dataset.action + "?" + q;
  });
  svg.addEventListener("pointercancel", () => { from = null; show(0, 0); });
}
document.querySelectorAll(".brushable").forEach(brush);
