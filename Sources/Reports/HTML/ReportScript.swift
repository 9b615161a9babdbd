/// The script of a page.
///
/// It moves through what is there: texts of the model are only ever set as text, never as HTML.
enum ReportScript {
  /// The script.
  static let text = [opening, player, panes, pages, closing].joined()

  /// What all parts use.
  private static let opening = #"""

    "use strict";
    (() => {
      document.documentElement.classList.add("scripted");
      const all = (selector, root = document) => [...root.querySelectorAll(selector)];
      const one = (selector, root = document) => root.querySelector(selector);

      /** Makes an element; children are elements or texts. */
      function make(name, className, ...children) {
        const element = document.createElement(name);
        if (className) element.className = className;
        element.append(...children.filter((child) => child !== null && child !== ""));
        return element;
      }

      /** Puts what is shown into the address; some viewers of files forbid that. */
      function remember(hash) {
        try {
          history.replaceState(null, "", hash);
        } catch {
          // The page works without.
        }
      }

      const sources = all("pre.source");
      const homes = new Map(sources.map((file) => [file, file.parentElement]));
      const takeHome = (slot) => { for (const file of [...slot.children]) homes.get(file).append(file); };
      const arrowed = (text) => text.replaceAll(" -> ", " \u2192 ");

    """#

  /// One trace: where it stands, and how it moves.
  private static let player = #"""
      class Player {
        constructor(article) {
          this.article = article;
          this.data = JSON.parse(one(".trace-data", article).textContent);
          this.last = this.data.steps.length;
          this.slider = one(".slider", article);
          this.tables = all(".diagram", article);
          this.states = [this.data.initial];
          for (const step of this.data.steps) {
            const next = this.states[this.states.length - 1].slice();
            for (const [key, value] of step.differences) next[key] = value;
            this.states.push(next);
          }
          this.position = this.last;
          this.buildState();
          this.listen();
        }

        listen() {
          const moves = { first: () => 0, back: () => this.position - 1, next: () => this.position + 1,
            last: () => this.last };
          for (const button of all(".go", this.article)) {
            button.addEventListener("click", () => this.go(moves[button.dataset.go]()));
          }
          this.slider.addEventListener("input", () => this.go(Number(this.slider.value)));
          this.tables.forEach((table, index) => {
            table.addEventListener("click", (event) => {
              const row = event.target.closest("tbody tr");
              if (row) this.go(this.stepOfRow(index, Number(row.dataset.row)));
            });
          });
          for (const drawing of all(".charts svg", this.article)) {
            drawing.addEventListener("click", (event) => {
              const box = drawing.getBoundingClientRect();
              const share = (event.clientX - box.left) / box.width;
              this.go(Math.floor(share * (this.last + 1)));
            });
          }
          one(".show-all", this.article).addEventListener("change", () => this.reveal());
          // A pane that could not be seen could not be scrolled either.
          one(".tabs", this.article).addEventListener("change", () => this.go(this.position, true));
        }

        /** The last step that a row stands for; of a row that stands for none, that of the next one. */
        stepOfRow(table, row) {
          const rows = this.data.rows[table];
          const own = rows.findLastIndex(([first, last]) => first <= row && row <= last);
          return own >= 0 ? own : Math.max(0, rows.findIndex(([, last]) => last >= row));
        }

        /** Shows the state after a step; the position zero is the start. */
        go(position, isQuiet = false) {
          this.position = Math.min(Math.max(position, 0), this.last);
          const step = this.position > 0 ? this.data.steps[this.position - 1] : null;
          this.slider.value = this.position;
          this.slider.setAttribute("aria-valuetext", this.position === 0 ? "At the start"
            : `Step ${this.position} of ${this.last}: ${this.name(step.process)}, ${step.text}`);
          one(".position", this.article).textContent = `${this.position} / ${this.last}`;
          for (const button of all(".go", this.article)) {
            const isBack = button.dataset.go === "first" || button.dataset.go === "back";
            button.disabled = this.position === (isBack ? 0 : this.last);
          }
          this.showRows();
          this.showNow(step);
          this.showState();
          this.showWays();
          this.showCharts();
          if (!isQuiet) {
            this.reveal();
            remember(`#step-${this.data.run}-${this.position}`);
          }
        }

        name(process) { return this.data.processes[process].name; }

        /** The name of a process in its colour. */
        label(process) {
          const { name, color } = this.data.processes[process];
          return make("b", color >= 0 ? `c${color}` : "", name);
        }

        showRows() {
          this.tables.forEach((table, index) => {
            const [first, last] = this.data.rows[index][this.position];
            for (const row of all("tbody tr", table)) {
              const number = Number(row.dataset.row);
              row.classList.toggle("current", first <= number && number <= last);
              row.classList.toggle("later", number > last && this.position < this.last);
              if (number === last) row.setAttribute("aria-current", "step");
              else row.removeAttribute("aria-current");
            }
          });
        }

        reveal() {
          for (const row of all("tr.current", this.article)) row.scrollIntoView({ block: "nearest" });
        }

        showNow(step) {
          const card = one(".now", this.article);
          card.className = "now";
          if (step === null) {
            card.replaceChildren(
              make("p", "title", "At the start"), make("p", "text", "Nothing has happened yet."));
            this.showSource(null, 0);
            return;
          }
          const process = this.data.processes[step.process];
          if (process.color >= 0) card.classList.add(`c${process.color}`);
          const before = this.position > 1 ? this.data.steps[this.position - 2].process : step.process;
          const title = make("p", "title", `Step ${this.position} of ${this.last} \u00b7 `,
            step.cpu ? `${step.cpu.toUpperCase()} ` : "", make("b", "", process.name),
            step.isPreemption ? ` preempts ${this.name(before)}` : "");
          if (this.position === this.last) {
            title.append(" \u00b7 ", make("span", "bad", `\u2717 ${this.data.violation}`));
          }
          const crumbs = make("p", "crumbs");
          step.stand.crumbs.forEach((crumb, index) => {
            const path = sources[crumb.place[0]].dataset.path.split("/").pop();
            const button = make("button", "", crumb.name);
            button.type = "button";
            button.title = `${path}:${crumb.place[1]}`;
            button.addEventListener("click", () => this.showSource(step.stand, index));
            crumbs.append(index > 0 ? " \u203a " : "", button);
          });
          card.replaceChildren(title, make("p", "text", step.text),
            step.changes.length ? make("p", "change", arrowed(step.changes.join(", "))) : "", crumbs);
          this.showSource(step.stand, step.stand.own);
        }

    """#

  /// What stands beside the diagram.
  private static let panes = #"""
        buildState() {
          const changing = new Set(this.data.steps.flatMap((step) => step.differences.map(([key]) => key)));
          this.cells = [];
          this.owners = [];
          const owners = new Map();
          this.data.keys.forEach(({ owner, name }, key) => {
            if (!owners.has(owner)) {
              const process = this.data.processes.find((process) => process.name === owner);
              const color = process && process.color >= 0 ? ` c${process.color}` : "";
              const list = make("dl");
              const group = make("div", `owner${color}`, make("h5", "", owner), list);
              owners.set(owner, { group, list, keys: [] });
              this.owners.push(owners.get(owner));
            }
            const constant = changing.has(key) ? "" : "constant";
            const isPlace = name === "at" && this.data.processes.some((process) => process.name === owner);
            const cell = { term: make("dt", constant, name), value: make("dd", constant), isPlace };
            owners.get(owner).list.append(cell.term, cell.value);
            owners.get(owner).keys.push(key);
            this.cells.push(cell);
          });
          for (const { group, keys } of this.owners) {
            if (!keys.some((key) => changing.has(key))) group.classList.add("constant");
          }
          one(".state-slot", this.article).replaceChildren(
            make("div", "owners", ...this.owners.map(({ group }) => group)));
        }

        showState() {
          const state = this.states[this.position];
          const before = this.states[Math.max(0, this.position - 1)];
          this.cells.forEach(({ term, value }, key) => {
            const isThere = state[key] !== null;
            // Where a process stands changes with its every step; the source says more about that.
            const isChanged = state[key] !== before[key] && !this.cells[key].isPlace;
            term.hidden = value.hidden = !isThere;
            for (const cell of [term, value]) cell.classList.toggle("changed", isChanged && isThere);
            if (!isThere) return;
            if (isChanged && before[key] !== null) {
              value.replaceChildren(make("s", "", before[key]), " \u2192 ", state[key]);
            } else {
              value.textContent = state[key];
            }
          });
          for (const { group, keys } of this.owners) {
            group.hidden = keys.every((key) => state[key] === null);
          }
          const slot = one(".state-slot", this.article);
          const changed = one("dd.changed:not([hidden])", slot);
          if (changed) scrollTo(slot, changed);
        }

        /** Shows the source around a call of a step, and where everybody goes on afterwards. */
        showSource(stand, index) {
          const stands = this.data.stands[this.position];
          const place = stand && stand.crumbs.length ? stand.crumbs[index].place : null;
          this.showPlace(place ?? stands.find((other) => other !== null), place);
          all(".crumbs button", this.article).forEach((button, number) =>
            button.setAttribute("aria-pressed", String(number === index)));
          one(".whereabouts", this.article).replaceChildren(...stands.flatMap((other, process) => {
            const { name, color } = this.data.processes[process];
            if (other === null || color < 0) return [];
            const button = make("button", `c${color}`, `${name} :${other[1]}`);
            button.type = "button";
            button.title = `Where ${name} goes on`;
            button.addEventListener("click", () => this.showPlace(other, place));
            return [button];
          }));
        }

        /** Shows a place of the source; what happens in this step is marked there, if it is in sight. */
        showPlace(place, marked) {
          const stands = this.data.stands[this.position];
          const slot = one(".source-slot", this.article);
          for (const line of all(".source .here, .source .stands")) {
            line.classList.remove("here", "stands", "c0", "c1", "c2", "c3", "c4", "c5");
          }
          for (const mark of all(".source em")) {
            const line = mark.parentElement;
            mark.remove();
            line.normalize();
          }
          if (!place) return;
          const file = sources[place[0]];
          if (file.parentElement !== slot) {
            // What is shown goes back to its place, for lines are looked for in the document.
            takeHome(slot);
            slot.append(file);
          }
          const name = one(".file-name", this.article);
          name.textContent = file.dataset.path.split("/").pop();
          name.title = file.dataset.path;
          stands.forEach((other, process) => {
            const color = this.data.processes[process].color;
            if (other === null || color < 0) return;
            const line = document.getElementById(`L${other[0]}-${other[1]}`);
            if (!line) return;
            line.classList.add("stands", `c${color}`);
            // The last text ends in the line's end, which the mark has to stand before.
            const newline = line.lastChild.splitText(line.lastChild.length - 1);
            newline.before(make("em", `c${color}`, `next: ${this.name(process)}`));
          });
          const last = marked ? Math.min(marked[2], marked[1] + 3) : 0;
          for (let number = marked ? marked[1] : 1; number <= last; number += 1) {
            const line = document.getElementById(`L${marked[0]}-${number}`);
            if (line) line.classList.add("here");
          }
          const first = document.getElementById(`L${place[0]}-${place[1]}`);
          if (first) scrollTo(slot, first);
        }

        showWays() {
          const slot = one(".ways-slot", this.article);
          const ways = this.data.ways[this.position].map((way) => this.way(way));
          if (this.position === this.last) {
            slot.replaceChildren(make("p", "way", make("span", "sentence", "The trace ends here.")), ...ways);
            return;
          }
          const next = this.data.steps[this.position];
          const taken = make("div", "way", this.label(next.process), make("code", "", next.text),
            make("span", "sentence", "is what happens next in this trace"));
          slot.replaceChildren(taken, ...ways);
          slot.scrollTop = 0;
        }

        way({ process, kind, text, changes, sentence, path }) {
          const row = make("div", `way ${kind}`, this.label(process), make("code", "", text));
          if (changes.length) row.append(make("span", "change", `  ${arrowed(changes.join(", "))}`));
          if (path.length === 0) {
            row.append(make("span", "sentence", sentence));
          } else {
            const list = make("ol", "");
            for (const move of path) {
              list.append(make("li", "", this.label(move.process), make("code", "", move.text)));
            }
            row.append(make("details", "", make("summary", "", sentence), list));
          }
          return row;
        }

        showCharts() {
          for (const cursor of all(".charts .cursor", this.article)) {
            cursor.setAttribute("x", this.position);
          }
          for (const value of all(".charts .value[data-values]", this.article)) {
            const pairs = value.dataset.values.split(" ").map((pair) => pair.split(":"));
            value.textContent = pairs.filter(([start]) => Number(start) <= this.position).pop()[1];
          }
        }
      }

      /** Brings an element to where it can be seen inside of its box, and leaves the page where it is. */
      function scrollTo(box, element) {
        const place = element.getBoundingClientRect();
        const frame = box.getBoundingClientRect();
        const margin = Math.min(48, frame.height / 4);
        if (place.top >= frame.top + margin && place.bottom <= frame.bottom - margin) return;
        box.scrollTop += place.top - frame.top - (frame.height - place.height) / 2;
      }

    """#

  /// Several runs on one page, and the keyboard.
  private static let pages = #"""
      const articles = all("article.run");
      const players = new Map();
      let current = null;

      /** Shows one run and hides the others. */
      function choose(article) {
        for (const other of articles) other.hidden = other !== article;
        all(".source-slot").forEach(takeHome);
        if (one(".trace-data", article) && one(".player", article) && !players.has(article)) {
          players.set(article, new Player(article));
        }
        current = players.get(article) ?? null;
        document.body.classList.toggle("stepping", current !== null);
        for (const row of all(".overview tbody tr")) {
          const link = one("a", row);
          row.classList.toggle("chosen", link !== null && link.hash === `#${article.id}`);
        }
        if (current) current.go(current.position, true);
      }

      /** Goes where the address says: to a run, or to a step of one. */
      function follow(hash) {
        const match = /^#(?:run|step)-(\d+)(?:-(\d+))?$/.exec(hash);
        const article = match && document.getElementById(`run-${match[1]}`);
        if (!article) return false;
        if (article.hidden || current === null || current.article !== article) choose(article);
        if (match[2] !== undefined && current) current.go(Number(match[2]));
        return true;
      }

      document.addEventListener("click", (event) => {
        const link = event.target.closest("a[href^='#']");
        if (!link || !follow(link.hash)) return;
        event.preventDefault();
        if (link.hash.startsWith("#run-")) {
          remember(link.hash);
          one("h2", current ? current.article : document).scrollIntoView({ block: "nearest" });
        } else if (current && !link.closest(".diagram")) {
          one(".player", current.article).scrollIntoView({ block: "start" });
          current.reveal();
        }
      });
      window.addEventListener("hashchange", () => follow(location.hash));

      document.addEventListener("keydown", (event) => {
        if (!current || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
        const { target, key } = event;
        const isField = target.matches?.("input, select, textarea") ?? false;
        // The slider and the choice of panes have a use of their own for arrows.
        if (isField && key !== "j" && key !== "k") return;
        const isDiagram = target.closest?.(".diagram-pane") ?? false;
        const moves = { ArrowRight: 1, j: 1, ArrowLeft: -1, k: -1 };
        if (isDiagram) Object.assign(moves, { ArrowDown: 1, ArrowUp: -1 });
        if (key in moves) current.go(current.position + moves[key]);
        else if (key === "Home") current.go(0);
        else if (key === "End") current.go(current.last);
        else return;
        event.preventDefault();
      });

      for (const button of all(".copy")) {
        button.addEventListener("click", async () => {
          const code = one("code", button.parentElement);
          try {
            await navigator.clipboard.writeText(code.textContent);
            button.textContent = "copied";
          } catch {
            getSelection().selectAllChildren(code);
          }
        });
      }

    """#

  private static let closing = #"""
      if (articles.length > 0 && !follow(location.hash)) {
        choose(articles.find((article) => one(".player", article)) ?? articles[0]);
      }
    })();

    """#
}
