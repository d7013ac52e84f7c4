// Hovering over or focusing a statement shows who said it; a button copies it with its attribution.
"use strict";
(() => {
  const escape = (id) => CSS.escape(id);
  let card = null, lit = [], leaving = 0;

  const light = (ids) => {
    lit.forEach((e) => e.classList.remove("lit"));
    lit = ids.length ? [...document.querySelectorAll(ids.map((id) => `[data-s~="${escape(id)}"]`).join(","))] : [];
    lit.forEach((e) => e.classList.add("lit"));
  };
  const hide = () => { if (card) card.remove(); card = null; light([]); };
  const later = () => { clearTimeout(leaving); leaving = setTimeout(hide, 250); };

  const show = (el) => {
    clearTimeout(leaving);
    const ids = el.dataset.s.split(" ");
    if (card && card.dataset.s === el.dataset.s) return;
    hide();
    light(ids.slice(0, 1));
    card = document.createElement("div");
    card.className = "card";
    card.dataset.s = el.dataset.s;
    card.setAttribute("role", "note");
    for (const id of ids) {
      const note = document.getElementById("n-" + id);
      if (!note) continue;
      const copy = note.cloneNode(true);
      copy.removeAttribute("id");
      copy.classList.remove("lit");
      card.append(copy);
    }
    if (!card.firstChild) { card = null; return; }
    card.addEventListener("mouseenter", () => clearTimeout(leaving));
    card.addEventListener("mouseleave", later);
    el.closest(".row").after(card);
    const r = el.getClientRects()[0], width = card.offsetWidth;
    card.style.left = Math.max(8, Math.min(r.left, document.documentElement.clientWidth - width - 8)) + scrollX + "px";
    const below = el.getBoundingClientRect().bottom + 6;
    const above = r.top - card.offsetHeight - 6;
    card.style.top = (below + card.offsetHeight > innerHeight && above > 0 ? above : below) + scrollY + "px";
  };

  const text = document.querySelector(".text");
  if (text) {
    const of = (e) => e.target.closest(".block [data-s]");
    text.addEventListener("mouseover", (e) => { const el = of(e); if (el) show(el); else if (!e.target.closest(".card")) later(); });
    text.addEventListener("mouseleave", later);
    text.addEventListener("focusin", (e) => { const el = of(e); if (el) show(el); });
    text.addEventListener("focusout", (e) => { if (of(e)) later(); });
    document.addEventListener("keydown", (e) => { if (e.key === "Escape") hide(); });
  }

  document.querySelectorAll(".copy").forEach((b) => { b.hidden = false; });
  document.addEventListener("click", async (e) => {
    const b = e.target.closest(".copy");
    if (!b) return;
    const link = b.parentElement.querySelector('a[href^="/quote"]');
    const content = b.dataset.text + (link ? "\n" + link.href : "");
    let done = true;
    try { await navigator.clipboard.writeText(content); } catch { done = false; }
    if (!done) {
      const area = document.createElement("textarea");
      area.value = content;
      document.body.append(area);
      area.select();
      done = document.execCommand("copy");
      area.remove();
    }
    b.textContent = done ? "Copied" : "Not copied";
    b.dataset.copied = content;
    setTimeout(() => { b.textContent = "Copy"; }, 2000);
  });
  const mark = document.querySelector("mark");
  if (mark) { mark.id = "target"; mark.scrollIntoView({ block: "center" }); }
})();
