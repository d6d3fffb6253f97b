/* What makes the room better where scripts run; every page works without. */
"use strict";

(() => {
  const text = document.querySelector("[data-entries]");
  const kept = "onrecord-marks";

  /* The switches of kinds of marks stay as they were on the next page. */
  const remembered = () => { try { return JSON.parse(localStorage.getItem(kept) || "{}"); } catch { return {}; } };
  for (const box of document.querySelectorAll("[data-switch]")) {
    if (remembered()[box.dataset.switch] === false) box.checked = false;
    box.addEventListener("change", () => {
      try { localStorage.setItem(kept, JSON.stringify({ ...remembered(), [box.dataset.switch]: box.checked })); } catch { /* private windows */ }
    });
  }

  /* Hovering or tabbing to a mark shows its entries. */
  if (text) {
    const popup = document.createElement("div");
    popup.className = "popup";
    popup.id = "popup";
    popup.hidden = true;
    popup.setAttribute("role", "status");
    document.body.append(popup);
    let shown = null;
    let timer = 0;

    const light = (ids, on) => {
      for (const mark of text.querySelectorAll(on ? "mark" : "mark.lit"))
        mark.classList.toggle("lit", on && ids.includes((mark.dataset.ids || "").split(" ").at(-1)));
    };
    const hide = () => { popup.hidden = true; light([], false); shown = null; };
    const show = (mark) => {
      if (mark === shown) return;
      const ids = mark.dataset.ids.split(" ").reverse();
      const cards = ids.map((id) => document.getElementById("card-" + id)).filter(Boolean).slice(0, 4);
      hide();
      if (!cards.length) return;
      popup.replaceChildren(...cards.map((card) => {
        const copy = card.firstElementChild.cloneNode(true);
        for (const named of copy.querySelectorAll("[id]")) named.removeAttribute("id");
        for (const link of copy.querySelectorAll("a")) link.tabIndex = -1;
        return copy;
      }));
      popup.hidden = false;
      const place = mark.getClientRects()[0];
      const left = Math.min(place.left, document.documentElement.clientWidth - popup.offsetWidth - 16);
      const above = place.bottom + popup.offsetHeight + 12 > innerHeight && place.top > popup.offsetHeight + 12;
      popup.classList.add("placed");
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`#popup { left: ${Math.max(8, left) + scrollX}px; top: ${(above ? place.top - popup.offsetHeight - 6 : place.bottom + 6) + scrollY}px; }`);
      document.adoptedStyleSheets = [sheet];
      light([ids[0]], true);
      shown = mark;
    };
    const markOf = (target) => (target instanceof Element ? target.closest("mark[data-ids]") : null);
    text.addEventListener("mouseover", (event) => {
      const mark = markOf(event.target);
      clearTimeout(timer);
      timer = setTimeout(() => (mark ? show(mark) : hide()), mark ? 120 : 250);
    });
    text.addEventListener("mouseleave", () => { clearTimeout(timer); timer = setTimeout(hide, 300); });
    popup.addEventListener("mouseenter", () => clearTimeout(timer));
    popup.addEventListener("mouseleave", hide);
    text.addEventListener("focusin", (event) => { const mark = markOf(event.target); if (mark) show(mark); });
    text.addEventListener("focusout", hide);
    addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });

    const target = decodeURIComponent(location.hash.slice(1));
    if (target.startsWith("e-")) light([target.slice(2)], true);
  }

  /* Citations are copied with a button. */
  for (const block of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) break;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.setAttribute("aria-label", "Copy " + block.dataset.copy);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(block.textContent);
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = "Copy"; }, 1500);
    });
    block.before(button);
  }

  /* "/" goes to the search. */
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.closest("input, select, textarea")) return;
    const find = document.getElementById("find");
    if (find) { event.preventDefault(); find.focus(); find.select(); }
  });

  /* A filter that is chosen is asked at once. */
  for (const select of document.querySelectorAll(".narrow select"))
    select.addEventListener("change", () => select.form.requestSubmit());
})();
