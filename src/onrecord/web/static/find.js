/* The search of a site of files. The index lies beside it as scripts (see web/site_search.py); nothing leaves the disk. */
"use strict";

(() => {
  const root = document.getElementById("found");
  if (!root) return;
  const field = document.getElementById("find");
  const says = document.getElementById("found-says");
  const FEW = 8, MORE = 50, LOOKED_AT = 2000, FILES = 40;

  /* The files of the index call this when they are loaded. */
  const held = new Map(), awaited = new Map();
  window.onrecord = (name, number, value) => {
    const key = `${name}-${number}`;
    held.set(key, value);
    if (awaited.has(key)) awaited.get(key).done(value);
  };
  const file = (name, number) => {
    const key = `${name}-${number}`;
    if (held.has(key)) return Promise.resolve(held.get(key));
    if (awaited.has(key)) return awaited.get(key).promise;
    const wait = {};
    wait.promise = new Promise((done, failed) => { wait.done = done; wait.failed = failed; });
    awaited.set(key, wait);
    const script = document.createElement("script");
    script.src = name === "manifest" ? "search/index.js" : `search/${key}.js`;
    script.addEventListener("error", () => { awaited.delete(key); wait.failed(new Error(script.src)); });
    document.head.append(script);
    return wait.promise;
  };

  /* Words are folded and cut as the index's are. */
  const DROPPED = /[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f\ufeff]/g;
  const LETTERS = { "ß": "ss", "ς": "σ", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe" };
  const fold = (text) => text.normalize("NFKD").replace(DROPPED, "").toLowerCase().normalize("NFKD")
    .replace(DROPPED, "").replace(/[ßςıłøđæœ]/g, (letter) => LETTERS[letter]);
  const UNSPACED = /[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
  const PIECE = new RegExp(`${UNSPACED.source}|[_\\p{L}\\p{N}\\p{M}]`, "u");
  const LONGEST = 40;
  const cut = (text) => {
    const words = [];
    let word = "";
    const end = () => { if (word) words.push([...word].slice(0, LONGEST).join("")); word = ""; };
    for (const character of text) {
      if (UNSPACED.test(character)) { end(); words.push(character); }
      else if (PIECE.test(character)) word += character;
      else end();
    }
    end();
    return words;
  };
  window.onrecordFold = fold;
  window.onrecordCut = (text) => cut(fold(text));

  /* What a reader typed: "words in quotation marks" stand together; so does writing without spaces. */
  const asked = (text) => {
    const phrases = [], words = [];
    for (const [, quoted, word] of text.matchAll(/["“”„«»]([^"“”„«»]*)["“”„«»]|([^\s"“”„«»]+)/g)) {
      const folded = fold(quoted ?? word);
      const cutting = cut(folded);
      if (!cutting.length) continue;
      if (cutting.length > 1) phrases.push(cutting);
      cutting.forEach((each, at) => words.push({ word: each, whole: quoted !== undefined || at < cutting.length - 1 || UNSPACED.test(each) }));
    }
    return { words, phrases };
  };

  /* The files that hold words with a beginning: they are sorted, so they lie side by side. */
  const before = (begins, value) => {
    let low = 0, high = begins.length;
    while (low < high) { const middle = (low + high) >> 1; if (begins[middle] < value) low = middle + 1; else high = middle; }
    return low;
  };
  const numbersOf = async (manifest, { word, whole }) => {
    const found = new Set();
    const first = Math.max(0, before(manifest.words, word) - (manifest.words[before(manifest.words, word)] === word ? 0 : 1));
    let cutShort = false;
    for (let at = first; at < manifest.words.length; at += 1) {
      if (at > first && !manifest.words[at].startsWith(word)) break;
      if (at - first >= FILES) { cutShort = true; break; }
      for (const row of await file("words", at)) {
        const space = row.indexOf(" ");
        const term = row.slice(0, space);
        if (whole ? term !== word : !term.startsWith(word)) continue;
        let number = 0;
        for (const step of row.slice(space + 1).split(" ")) { number += parseInt(step, 36); found.add(number); }
      }
    }
    return { found, cutShort };
  };

  const entry = async (manifest, number) => {
    let at = 0;
    for (let step = 1; step < manifest.entries.length; step += 1) if (manifest.entries[step] <= number) at = step; else break;
    return (await file("entries", at))[number - manifest.entries[at]];
  };

  /* Where words stand in a shown text: folding may change its length, so each character is folded alone. */
  const places = (characters) => {
    const found = [];
    let word = "", at = [];
    const end = () => { if (word) found.push({ word, at }); word = ""; at = []; };
    characters.forEach((character, place) => {
      const folded = fold(character);
      if (!folded && word) at.push(place);
      for (const one of folded) {
        if (UNSPACED.test(one)) { end(); found.push({ word: one, at: [place] }); }
        else if (PIECE.test(one)) { word += one; for (let n = 0; n < one.length; n += 1) at.push(place); }
        else end();
      }
    });
    end();
    return found;
  };
  const marked = (text, { words, phrases }) => {
    const characters = [...text];
    const lit = new Array(characters.length).fill(false);
    const found = places(characters);
    const inPhrase = new Set(phrases.flat());
    for (const { word, whole } of words) {
      if (inPhrase.has(word)) continue;
      for (const one of found) {
        if (whole ? one.word === word : one.word.startsWith(word)) one.at.slice(0, word.length).forEach((place) => { lit[place] = true; });
      }
    }
    for (const phrase of phrases)
      for (let from = 0; from + phrase.length <= found.length; from += 1) {
        const run = found.slice(from, from + phrase.length);
        if (run.every((one, n) => one.word === phrase[n])) for (let place = run[0].at[0]; place <= run.at(-1).at.at(-1); place += 1) lit[place] = true;
      }
    const first = lit.indexOf(true);
    const from = first > 220 ? first - 80 : 0;
    const nodes = [];
    let run = "", on = false;
    const end = () => {
      if (!run) return;
      if (on) { const mark = document.createElement("mark"); mark.className = "m-hit"; mark.textContent = run; nodes.push(mark); }
      else nodes.push(document.createTextNode(run));
      run = "";
    };
    if (from) nodes.push(document.createTextNode("… "));
    for (let at = from; at < Math.min(characters.length, from + 320); at += 1) {
      if (lit[at] !== on) { end(); on = lit[at]; }
      run += characters[at];
    }
    end();
    if (from + 320 < characters.length) nodes.push(document.createTextNode(" …"));
    return nodes;
  };

  const made = (name, className, ...inside) => {
    const one = document.createElement(name);
    if (className) one.className = className;
    one.append(...inside);
    return one;
  };
  const card = (kind, [id, title, words, source], question) => {
    const link = made("a", "does", made("bdi", "", ...marked(title, question)));
    link.href = `${kind}/${id}.html`;
    const one = made("article", `entry k-${kind}`, made("h3", "entry-head", link));
    if (words) {
      const quote = made("blockquote", "quote", made("p", "", ...marked(words, question)));
      quote.dir = "auto";
      one.append(quote);
    }
    if (source) one.append(made("p", "source", made("bdi", "", ...marked(source, question))));
    return one;
  };

  const holds = (row, phrases) => {
    const words = cut(fold(row.slice(1).join(" ")));
    return phrases.every((phrase) => words.some((_, at) => phrase.every((word, n) => words[at + n] === word)));
  };

  let turn = 0;
  const search = async (text) => {
    const mine = turn += 1;
    const question = asked(text);
    document.title = text ? `Search: ${text}` : "Search";
    if (!question.words.length) { root.replaceChildren(); says.textContent = "Type words to look for. All of them must be there; “words in quotation marks” as they stand."; return; }
    says.textContent = "Looking…";
    const manifest = await file("manifest", 0);
    const common = new Set(manifest.common);
    const left = question.words.filter(({ word }) => common.has(word)).map(({ word }) => word);
    const wanted = question.words.filter(({ word }) => !common.has(word));
    if (!wanted.length) { root.replaceChildren(); says.textContent = "These words are in nearly everything; add a rarer one."; return; }
    let numbers = null, cutShort = false;
    for (const word of wanted) {
      const hit = await numbersOf(manifest, word);
      cutShort = cutShort || hit.cutShort;
      numbers = numbers === null ? hit.found : new Set([...numbers].filter((number) => hit.found.has(number)));
    }
    let sorted = [...numbers].sort((one, two) => one - two);
    const phrases = question.phrases;
    if (phrases.length) {
      cutShort = cutShort || sorted.length > LOOKED_AT;
      const kept = [];
      for (const number of sorted.slice(0, LOOKED_AT)) if (holds(await entry(manifest, number), phrases)) kept.push(number);
      sorted = kept;
    }
    const groups = manifest.kinds.map(([kind, noun, first], at) => {
      const end = at + 1 < manifest.kinds.length ? manifest.kinds[at + 1][2] : manifest.count;
      return { kind, noun, numbers: sorted.filter((number) => number >= first && number < end) };
    }).filter((group) => group.numbers.length);
    const sections = [];
    for (const group of groups) {
      const count = made("span", "count", group.numbers.length.toLocaleString("en"));
      const heading = made("h2", "", `${group.noun} `, count);
      const section = made("section", "", heading);
      const show = async (from, most) => {
        for (const number of group.numbers.slice(from, from + most)) section.append(card(group.kind, await entry(manifest, number), question));
        const next = from + most;
        if (next < group.numbers.length) {
          const button = made("button", "more-hits", `Show ${Math.min(MORE, group.numbers.length - next)} more`);
          button.type = "button";
          button.addEventListener("click", async () => { button.remove(); await show(next, MORE); });
          section.append(button);
        }
      };
      await show(0, FEW);
      sections.push(section);
    }
    if (mine !== turn) return;
    root.replaceChildren(...sections);
    const total = sorted.length;
    says.textContent = [
      total ? `${total.toLocaleString("en")} ${total === 1 ? "hit" : "hits"}.` : "Nothing was found. Try fewer words, or the beginning of one.",
      left.length ? `Left out, because nearly everything has it: ${left.join(", ")}.` : "",
      cutShort ? "There may be more: a search looks at the first of very many hits." : "",
    ].filter(Boolean).join(" ");
  };
  const run = (text) => search(text).catch(() => { says.textContent = "A file of the search is missing: the folder “search” must lie beside this page."; });

  const words = new URLSearchParams(location.search).get("words") || "";
  field.value = words;
  run(words);
  let timer = 0;
  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => run(field.value), 250); });
  field.form.addEventListener("submit", (event) => { event.preventDefault(); run(field.value); });
})();
