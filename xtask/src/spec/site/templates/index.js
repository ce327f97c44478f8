// The search, and the switch between light and dark.
"use strict";
(() => {
  const most = 40;
  const query = document.getElementById("query");
  const count = document.getElementById("count");
  const hits = document.getElementById("hits");
  const help = count.textContent;
  const entries = window.searchEntries.map((entry) => ({
    ...entry,
    title: entry.t.toLowerCase(),
    names: entry.s.toLowerCase(),
    texts: entry.x.toLowerCase(),
  }));

  // How well an entry answers one word: 0 is not at all.
  const worth = (entry, word) => {
    if (entry.title === word || entry.names.split(" ").includes(word)) return 8;
    if (entry.title.includes(word)) return 4;
    if (entry.names.includes(word)) return 3;
    return entry.texts.includes(word) ? 1 : 0;
  };

  const answer = (words) =>
    entries
      .map((entry) => {
        const each = words.map((word) => worth(entry, word));
        return { entry, worth: each.includes(0) ? 0 : each.reduce((sum, one) => sum + one, 0) };
      })
      .filter((hit) => hit.worth > 0)
      .sort((one, other) => other.worth - one.worth);

  // The text with each of the words marked.
  const marked = (text, words) => {
    const parts = document.createDocumentFragment();
    const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    text.split(new RegExp(`(${escaped.join("|")})`, "i")).forEach((part, place) => {
      if (place % 2 === 0) {
        parts.append(part);
      } else {
        const mark = document.createElement("mark");
        mark.textContent = part;
        parts.append(mark);
      }
    });
    return parts;
  };

  // What stands around the first of the words, or the beginning.
  const excerpt = (entry, words) => {
    const at = Math.min(...words.map((word) => entry.texts.indexOf(word)).filter((place) => place >= 0));
    const from = Number.isFinite(at) ? Math.max(0, entry.x.lastIndexOf(" ", at - 40) + 1) : 0;
    const end = from + 160;
    if (end >= entry.x.length) return (from > 0 ? "… " : "") + entry.x.slice(from);
    const space = entry.x.lastIndexOf(" ", end);
    const to = space > from ? space : end;
    return `${from > 0 ? "… " : ""}${entry.x.slice(from, to)} …`;
  };

  const line = (tag, content, name) => {
    const element = document.createElement(tag);
    element.append(content);
    if (name) element.className = name;
    return element;
  };

  const show = () => {
    const words = query.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
    hits.replaceChildren();
    if (words.length === 0) {
      count.textContent = help;
      return;
    }
    const found = answer(words);
    if (found.length === 0) {
      count.textContent = "No hits. Each word must occur: try fewer words, or only the beginning of one.";
      return;
    }
    const more = found.length > most ? `, the best ${most} of them are shown` : "";
    count.textContent = found.length === 1 ? "1 hit" : `${found.length} hits${more}`;
    for (const { entry } of found.slice(0, most)) {
      const link = line("a", marked(entry.t, words));
      link.href = entry.h;
      const item = document.createElement("li");
      item.append(link, " ", line("span", `${entry.k} · ${entry.d}`, "kind"));
      if (entry.s) item.append(line("code", marked(entry.s, words)));
      item.append(line("p", marked(excerpt(entry, words), words)));
      hits.append(item);
    }
  };

  // The words stand in the address, so that going back, and a link to them, bring them back.
  const remember = () => {
    try {
      const words = query.value.trim();
      const here = location.pathname + location.search;
      history.replaceState(null, "", words === "" ? here : `#q=${encodeURIComponent(words)}`);
    } catch {
      // A browser may refuse many changes in a row: the search itself goes on.
    }
  };

  const recall = () => {
    const [, words] = /^#q=(.*)$/.exec(location.hash) ?? [];
    try {
      query.value = decodeURIComponent(words ?? "");
    } catch {
      query.value = "";
    }
    show();
  };

  const step = (event) => {
    const links = [...hits.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "Escape") {
      query.value = "";
      show();
      remember();
      query.focus();
    } else if (event.key === "Enter" && document.activeElement === query) {
      links[0]?.click();
    } else if (event.key === "ArrowDown") {
      links[Math.min(at + 1, links.length - 1)]?.focus();
    } else if (event.key === "ArrowUp") {
      (at > 0 ? links[at - 1] : query).focus();
    } else {
      return;
    }
    event.preventDefault();
  };

  query.addEventListener("input", () => {
    show();
    remember();
  });
  document.getElementById("search").addEventListener("keydown", step);
  document.getElementById("search").hidden = false;
  addEventListener("pageshow", recall);
  addEventListener("hashchange", recall);

  const colours = document.getElementById("colours");
  const root = document.documentElement;
  const isDark = () =>
    root.classList.contains("dark") ||
    (!root.classList.contains("light") && matchMedia("(prefers-color-scheme: dark)").matches);
  const offer = () => {
    colours.textContent = isDark() ? "Light" : "Dark";
    colours.setAttribute("aria-label", `Use ${colours.textContent.toLowerCase()} colours`);
  };
  colours.addEventListener("click", () => {
    const chosen = isDark() ? "light" : "dark";
    root.classList.remove("light", "dark");
    root.classList.add(chosen);
    try {
      localStorage.setItem("redoc.colorMode", chosen);
    } catch {
      // Then it holds for this page alone.
    }
    offer();
  });
  colours.hidden = false;
  offer();
})();
