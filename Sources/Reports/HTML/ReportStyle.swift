/// The style sheet of a page.
///
/// Two sets of colours, one for light and one for dark; every text on its ground has a contrast of at least
/// 4.5 to 1. Processes are told apart by colour and by place or name, never by colour alone.
enum ReportStyle {
  /// The style sheet.
  static let text = [colors, base, summary, diagram, player, source, state, charts, narrow, paper]
    .joined()

  private static let colors = """

    :root {
      color-scheme: light dark;
      --ground: #faf9f6; --card: #ffffff; --tint: #f1efe9; --line: #dfdcd4; --strong-line: #b9b5aa;
      --ink: #20242a; --soft: #5a6069; --now: #fdeeb5; --changed: #fdf3d0;
      --good: #1c6b3c; --bad: #b3261e; --doubtful: #7d5300; --link: #1d5aa6;
      --c0: #1d5aa6; --c1: #a1440b; --c2: #1c6b3c; --c3: #7b3a96; --c4: #7d5300; --c5: #066e78;
      --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
      --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --ground: #15171a; --card: #1b1e22; --tint: #24282d; --line: #32373e; --strong-line: #565d68;
        --ink: #e2e4e7; --soft: #a0a8b3; --now: #40371a; --changed: #352f1a;
        --good: #7dc997; --bad: #ff9286; --doubtful: #e2b65c; --link: #8ab8f2;
        --c0: #8ab8f2; --c1: #f0a873; --c2: #7dc997; --c3: #d5a6ea; --c4: #e2b65c; --c5: #6ccad3;
      }
    }
    .c0 { --own: var(--c0); } .c1 { --own: var(--c1); } .c2 { --own: var(--c2); }
    .c3 { --own: var(--c3); } .c4 { --own: var(--c4); } .c5 { --own: var(--c5); }

    """

  private static let base = """
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
    body {
      margin: 0; background: var(--ground); color: var(--ink);
      font: 15px/1.55 var(--sans);
    }
    main { max-width: 1520px; margin: 0 auto; padding: 28px 32px 8px; }
    footer {
      max-width: 1520px; margin: 0 auto; padding: 16px 32px 40px; color: var(--soft); font-size: 13px;
    }
    h1, h2, h3, h4, p, dl, dd, ul, ol { margin: 0; padding: 0; }
    h1, h2 { font-size: 24px; line-height: 1.25; font-weight: 600; letter-spacing: -0.01em; }
    h3 { font-size: 15px; font-weight: 600; }
    h4 { font-size: 13px; font-weight: 600; color: var(--soft); }
    code, pre, kbd { font-family: var(--mono); font-size: 13px; unicode-bidi: isolate; }
    kbd {
      border: 1px solid var(--line); border-radius: 4px; padding: 0 4px; background: var(--card);
      font-size: 12px;
    }
    a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: 2px; }
    button, input, select { font: inherit; color: inherit; }
    :focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }
    .unseen {
      position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
      white-space: nowrap;
    }
    .js { display: none; }
    .scripted .js { display: revert; }
    .good { color: var(--good); } .bad { color: var(--bad); } .doubtful { color: var(--doubtful); }
    .change { font: 12.5px/1.5 var(--mono); color: var(--soft); overflow-wrap: anywhere; }
    .scroll { overflow-x: auto; }

    .overview { margin-bottom: 36px; }
    .overview h1 { margin-bottom: 12px; }
    .overview table { border-collapse: collapse; min-width: 100%; font-size: 14px; }
    .overview th { text-align: left; font-weight: 600; color: var(--soft); font-size: 13px; }
    .overview th, .overview td {
      padding: 6px 20px 6px 0; border-bottom: 1px solid var(--line); white-space: nowrap;
    }
    .overview .count { text-align: right; font-variant-numeric: tabular-nums; }
    .overview .chosen td { background: var(--tint); }

    """

  private static let summary = """
    .run { margin-bottom: 48px; }
    .run-head { display: grid; grid-template-columns: 1fr auto; gap: 4px 24px; align-items: baseline; }
    .run-head h2 { overflow-wrap: anywhere; }
    .run-head .model { color: var(--soft); font-weight: 400; }
    .run-head .model::after { content: " \\00b7"; }
    .verdict { font-weight: 600; font-size: 17px; white-space: nowrap; }
    .headline { grid-column: 1 / -1; font: 14px/1.6 var(--mono); overflow-wrap: anywhere; }
    .length { grid-column: 1 / -1; color: var(--soft); max-width: 88ch; }
    .why {
      display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr));
      gap: 0 40px; margin: 20px 0 28px; border-top: 1px solid var(--line);
    }
    .why .card { padding-top: 14px; font-size: 14px; }
    .why h3 { color: var(--soft); font-size: 13px; margin-bottom: 2px; }
    .why p { overflow-wrap: anywhere; }
    .why p + p { margin-top: 4px; }
    .why ul { list-style: none; margin: 2px 0 8px; padding-left: 14px; border-left: 2px solid var(--line); }
    .why li { font-size: 13px; color: var(--soft); overflow-wrap: anywhere; }
    .facts { margin-top: 32px; border-top: 1px solid var(--line); padding-top: 16px; font-size: 14px; }
    .facts dl { display: flex; flex-wrap: wrap; gap: 10px 36px; margin-top: 10px; }
    .facts dl div { max-width: 72ch; }
    .facts dt { color: var(--soft); font-size: 12.5px; }
    .facts dd { overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
    .replay { margin-top: 14px; }
    .replay span { display: block; color: var(--soft); font-size: 12.5px; }
    .replay code { overflow-wrap: anywhere; margin-right: 10px; user-select: all; }
    .copy {
      border: 1px solid var(--strong-line); background: none; border-radius: 5px; padding: 0 8px;
      font-size: 12.5px; cursor: pointer; color: var(--soft);
    }

    """

  private static let diagram = """
    .diagram {
      width: 100%; border-collapse: separate; border-spacing: 0; table-layout: fixed;
      background: var(--card); border: 1px solid var(--line); border-radius: 8px;
    }
    .diagram thead th {
      text-align: left; font-weight: 400; padding: 9px 10px 8px 12px; vertical-align: bottom;
      border-bottom: 1px solid var(--line); overflow-wrap: anywhere;
    }
    .scripted .diagram thead th { position: sticky; top: 53px; background: var(--card); z-index: 1; }
    .diagram thead th:first-child { border-top-left-radius: 8px; }
    .diagram thead th:last-child { border-top-right-radius: 8px; }
    .diagram thead th:not(.n) { border-left: 1px solid var(--line); }
    .diagram .cpu { color: var(--soft); font-size: 12px; letter-spacing: 0.04em; margin-right: 4px; }
    .diagram .task { font-weight: 600; color: var(--own, inherit); }
    .diagram .n {
      width: 66px; text-align: right; padding: 2px 10px 2px 4px; font-weight: 400; font-size: 12px;
      white-space: nowrap;
      color: var(--soft); vertical-align: baseline; font-variant-numeric: tabular-nums;
    }
    .diagram thead .n { padding-top: 9px; padding-bottom: 8px; vertical-align: bottom; }
    .diagram .n a { color: inherit; text-decoration: none; }
    .diagram .n a:hover { text-decoration: underline; }
    .diagram td { border-left: 1px solid var(--line); vertical-align: baseline; }
    .diagram td.lane {
      padding: 2px 10px 2px 12px; overflow-wrap: anywhere; box-shadow: inset 3px 0 0 var(--own);
    }
    .diagram code { white-space: pre-wrap; }
    .diagram td.d1 { padding-left: 30px; } .diagram td.d2 { padding-left: 48px; }
    .diagram td.d3 { padding-left: 66px; } .diagram td.d4 { padding-left: 84px; }
    .diagram td.d5 { padding-left: 102px; } .diagram td.d6 { padding-left: 120px; }
    .diagram td.d7 { padding-left: 138px; } .diagram td.d8 { padding-left: 156px; }
    .diagram .d0 code { font-weight: 500; }
    .diagram tbody .switch:not(:first-child) > * { border-top: 1px solid var(--line); }
    .diagram tbody tr:first-child > * { padding-top: 6px; }
    .diagram tbody tr:last-child > * { padding-bottom: 8px; }
    .diagram .left-out { color: var(--soft); font-size: 13px; }
    .diagram .arrow { color: var(--bad); font: 600 13px/1.5 var(--mono); display: inline-block; }
    .diagram code, .diagram .change { margin-right: 10px; }
    .diagram .change { display: inline-block; }
    .diagram .who { display: none; font-weight: 600; font-size: 12.5px; color: var(--own); }
    .stacked .switch .who { display: block; }
    .stacked td.lane { padding-top: 1px; padding-bottom: 1px; }
    .scripted .diagram tbody tr { cursor: pointer; scroll-margin: 110px 0 120px; }
    .scripted .diagram tbody tr:hover > * { background: var(--tint); }
    .diagram tr.current > * { background: var(--now) !important; }
    .diagram tr.current .n a { color: var(--ink); font-weight: 600; }
    .diagram tr[aria-current] .n::before {
      content: "\\25b8"; float: left; color: var(--ink); padding-left: 4px;
    }
    .diagram tr.later code, .diagram tr.later .arrow, .diagram tr.later .change { color: var(--soft); }
    .diagram tr.later td.lane { box-shadow: inset 1px 0 0 var(--own); }
    .player:not(:has(.show-all:checked)) .diagram ~ .diagram { display: none; }
    .player:has(.show-all:checked) .diagram:first-child { display: none; }

    """

  private static let player = """
    .player-head { display: flex; justify-content: space-between; align-items: baseline; gap: 16px; }
    .toggle { color: var(--soft); font-size: 13px; font-weight: 400; cursor: pointer; white-space: nowrap; }
    .toggle input { accent-color: var(--link); vertical-align: -1px; }
    .panes { margin-top: 10px; }
    .scripted .bar {
      display: flex; align-items: center; gap: 4px; position: sticky; top: 0; z-index: 3;
      background: var(--ground); padding: 8px 0; border-bottom: 1px solid var(--line);
    }
    .go {
      width: 36px; height: 36px; padding: 0; border: 0; border-radius: 8px; background: none; cursor: pointer;
      flex: none;
    }
    .go:hover { background: var(--tint); }
    .go:disabled { color: var(--strong-line); cursor: default; background: none; }
    .go svg {
      width: 22px; height: 22px; fill: currentColor; stroke: currentColor; stroke-width: 2;
      stroke-linejoin: round; stroke-linecap: round; display: block; margin: auto;
    }
    .slider {
      flex: 1; min-width: 60px; height: 32px; margin: 0 8px; accent-color: var(--link); cursor: pointer;
    }
    .position {
      min-width: 5.2em; text-align: right; color: var(--soft); font-variant-numeric: tabular-nums;
    }
    .scripted .tabs { display: none; }
    .now {
      background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 10px 14px 11px;
      border-left: 4px solid var(--own, var(--strong-line));
    }
    .now .title { color: var(--soft); font-size: 13px; }
    .now .title b { color: var(--own, var(--ink)); }
    .now .title .bad { font-weight: 600; }
    .now .text { font: 600 14px/1.5 var(--mono); overflow-wrap: anywhere; }
    .now .crumbs { font-size: 12.5px; color: var(--soft); line-height: 1.6; }
    .now .crumbs button {
      border: 0; background: none; padding: 0 2px; font: 12.5px var(--mono); cursor: pointer;
      color: var(--link);
    }
    .now .crumbs button[aria-pressed=true] { color: var(--ink); text-decoration: underline; }
    .pane h4 { display: flex; justify-content: space-between; gap: 12px; }
    .side .pane { background: var(--card); border: 1px solid var(--line); border-radius: 8px; min-width: 0; }
    .side .pane h4 { padding: 7px 14px; border-bottom: 1px solid var(--line); }
    .whereabouts { display: inline-flex; flex-wrap: wrap; gap: 0 10px; margin-left: 10px; font-weight: 400; }
    .whereabouts button {
      border: 0; background: none; padding: 0; font: 12px var(--mono); color: var(--own); cursor: pointer;
    }
    .whereabouts button:hover { text-decoration: underline; }
    .file-name { font: 12px var(--mono); font-weight: 400; overflow-wrap: break-word; text-align: right; }
    .source-slot, .state-slot, .ways-slot { overflow: auto; position: relative; }
    .ways-slot { padding: 4px 14px 10px; font-size: 13.5px; }
    .way { padding: 6px 0; border-bottom: 1px solid var(--line); }
    .way:last-child { border-bottom: 0; }
    .way b { color: var(--own, var(--ink)); margin-right: 4px; }
    .way code { overflow-wrap: anywhere; }
    .way .sentence { color: var(--soft); display: block; font-size: 13px; }
    .way.fails .sentence, .way.fails summary { color: var(--bad); }
    .way summary { cursor: pointer; font-size: 13px; }
    .way ol { padding-left: 28px; font-size: 13px; color: var(--soft); }
    .way.waits code, .way.waits b { font-weight: 400; color: var(--soft); }
    .way .tag { color: var(--soft); font-size: 12px; }
    @media (min-width: 1000px) {
      .scripted .panes {
        display: grid; grid-template-columns: minmax(0, 11fr) minmax(0, 9fr); gap: 16px; align-items: start;
      }
      .scripted .side {
        display: flex; flex-direction: column; gap: 12px; position: sticky; top: 64px;
        height: calc(100vh - 80px); min-height: 560px;
      }
      .side .pane { display: flex; flex-direction: column; min-height: 0; }
      .source-pane { flex: 10 1 0; } .state-pane { flex: 10 1 0; } .ways-pane { flex: 6 1 0; }
      .source-slot, .state-slot, .ways-slot { flex: 1; }
    }

    """

  private static let source = """
    .sources { margin-top: 24px; }
    .stepping .sources { display: none; }
    .sources .legend { color: var(--soft); font-size: 13px; margin-bottom: 6px; }
    .sources .legend::before { content: ""; border-left: 3px solid var(--strong-line); margin-right: 8px; }
    .sources h2 { font-size: 18px; margin-bottom: 8px; }
    .source {
      margin: 0; padding: 6px 0; tab-size: 4; line-height: 1.5; width: max-content; min-width: 100%;
    }
    .source > span { display: block; padding-right: 14px; scroll-margin: 60px; }
    .source b {
      display: inline-block; width: 44px; padding-right: 12px; text-align: right; font-weight: 400;
      color: var(--soft); font-size: 12px; user-select: none;
    }
    .source i { font-style: normal; color: var(--soft); }
    .source .missed b { box-shadow: inset -3px 0 0 var(--strong-line); }
    .source .here { background: var(--now); }
    .source .stands { box-shadow: inset 3px 0 0 var(--own); }
    .source em {
      font: 600 11.5px/1.4 var(--sans); color: var(--own, var(--soft)); margin-left: 14px;
      border: 1px solid currentColor; border-radius: 9px; padding: 0 7px; white-space: nowrap;
    }
    .sources details { margin: 6px 0; }
    .sources summary { cursor: pointer; font: 13px var(--mono); }
    .sources pre {
      overflow: auto; width: auto; max-height: 80vh; margin-top: 6px; border-radius: 8px;
      background: var(--card); border: 1px solid var(--line);
    }

    """

  private static let state = """
    .owners { padding: 8px 14px 12px; columns: 240px; column-gap: 24px; }
    .owner { break-inside: avoid; padding-bottom: 9px; font-size: 13px; }
    .owner h5 { margin: 0; font: 600 13px/1.5 var(--mono); color: var(--own, var(--ink)); }
    .owner dl { display: grid; grid-template-columns: minmax(0, auto) minmax(0, 1fr); column-gap: 12px; }
    .owner dt, .owner dd { font: 12.5px/1.55 var(--mono); overflow-wrap: anywhere; }
    .owner dt { color: var(--soft); }
    .owner .changed {
      background: var(--changed); box-shadow: -4px 0 0 var(--changed), 4px 0 0 var(--changed);
    }
    .owner dt.changed { color: var(--ink); }
    .owner dd.changed { font-weight: 600; }
    .owner dd.changed s { font-weight: 400; color: var(--soft); }
    .state-pane:has(.hide-constant:checked) .constant { display: none; }

    .listing { margin-top: 20px; font-size: 14px; }
    .scripted .listing:not(.lasting) { display: none; }
    .listing summary { font-weight: 600; cursor: pointer; }
    .listing ol { padding-left: 32px; margin-top: 6px; }
    .listing li { padding: 2px 0; overflow-wrap: anywhere; }
    .listing .place, .listing .instead { color: var(--soft); font-size: 12.5px; }
    .listing .instead { display: block; }
    .whole-state {
      display: grid; grid-template-columns: minmax(0, auto) 1fr; gap: 2px 16px; margin-top: 6px;
    }
    .whole-state dt, .whole-state dd { font: 12.5px/1.5 var(--mono); overflow-wrap: anywhere; }
    .whole-state dt { font-weight: 600; }

    """

  private static let charts = """
    .charts { margin-top: 20px; }
    .charts h4 { margin: 0 0 4px; }
    .lanes + .lanes { margin-top: 14px; }
    .charts .lane {
      display: grid; grid-template-columns: minmax(100px, 28%) minmax(0, 1fr) 76px; gap: 12px;
      align-items: center;
    }
    .charts .name { font: 12.5px/1.4 var(--mono); overflow-wrap: anywhere; }
    .charts .value {
      font: 12.5px/1.4 var(--mono); color: var(--soft); overflow: hidden; text-overflow: ellipsis;
      white-space: nowrap;
    }
    .charts svg { width: 100%; height: 24px; display: block; background: var(--card); }
    .lanes .lane + .lane svg { border-top: 1px solid var(--line); }
    .charts svg rect { fill: var(--own); }
    .charts svg rect.cursor { fill: none; }
    .scripted .charts svg { cursor: pointer; }
    .scripted .charts svg rect.cursor { fill: var(--now); }
    .charts svg .line {
      fill: none; stroke: var(--ink); stroke-width: 1.5; vector-effect: non-scaling-stroke;
      stroke-linejoin: round;
    }
    .charts .axis { color: var(--soft); font-size: 12px; }
    .charts .ends { display: flex; justify-content: space-between; }
    .charts .more { color: var(--soft); font-size: 13px; }

    """

  private static let narrow = """
    @media (max-width: 999px) {
      main { padding: 20px 16px 8px; }
      footer { padding: 16px 16px 40px; }
      .scripted footer { padding-bottom: 96px; }
      h1, h2 { font-size: 20px; }
      .run-head { grid-template-columns: 1fr; }
      .scripted .tabs {
        display: flex; border: 0; margin: 10px 0 0; padding: 0; gap: 4px;
        border-bottom: 1px solid var(--line);
        overflow-x: auto;
      }
      .tabs label { cursor: pointer; }
      .tabs input { position: absolute; opacity: 0; }
      .tabs span {
        display: block; padding: 8px 9px; font-size: 14px; color: var(--soft);
        border-bottom: 2px solid transparent;
        white-space: nowrap;
      }
      .tabs input:checked + span { color: var(--ink); font-weight: 600; border-bottom-color: var(--link); }
      .tabs input:focus-visible + span { outline: 2px solid var(--link); outline-offset: -2px; }
      .scripted .panes { display: flex; flex-direction: column; gap: 10px; }
      .scripted .panes > * { display: contents; }
      .scripted .now { order: -1; }
      .scripted .pane { display: none; }
      .player:has([value=diagram]:checked) .diagram-pane,
      .player:has([value=source]:checked) .source-pane,
      .player:has([value=state]:checked) .state-pane,
      .player:has([value=charts]:checked) .charts-pane,
      .player:has([value=ways]:checked) .ways-pane { display: block; }
      .scripted .source-slot { max-height: 62vh; }
      .scripted .bar {
        position: fixed; top: auto; bottom: 0; left: 0; right: 0; padding: 6px 10px;
        padding-bottom: max(6px, env(safe-area-inset-bottom)); border-top: 1px solid var(--line);
        border-bottom: 0;
      }
      .scripted .diagram thead th { top: 0; }
      .scripted .go { width: 44px; height: 44px; }
      .position { min-width: 4em; font-size: 13px; }
      .charts .lane { grid-template-columns: minmax(0, 1fr) auto; gap: 0 10px; padding: 3px 0; }
      .charts .lane svg, .charts .ends { grid-column: 1 / -1; grid-row: 2; }
      .charts .lane + .lane svg { border-top: 0; }
    }
    @media (max-width: 640px) {
      .diagram thead { display: none; }
      .diagram, .diagram tbody { display: block; }
      .diagram tr { display: grid; grid-template-columns: 44px minmax(0, 1fr); }
      .diagram .n { width: auto; padding: 3px 6px 0 0; font-size: 11px; }
      .diagram tr[aria-current] .n::before { content: none; }
      .overview th, .overview td { white-space: normal; padding-right: 12px; }
      .diagram td:not(.lane) { display: none; }
      .diagram .switch .who { display: block; }
      .diagram td.lane { border-left: 0; }
      .diagram td.d1 { padding-left: 24px; } .diagram td.d2 { padding-left: 36px; }
      .diagram td.d3 { padding-left: 48px; } .diagram td.d4 { padding-left: 60px; }
      .diagram .d5, .diagram .d6, .diagram .d7, .diagram td.d8 { padding-left: 72px; }
    }
    @media (prefers-reduced-motion: no-preference) {
      .diagram tr > * { transition: background-color 0.12s; }
    }

    """

  private static let paper = """
    @media print {
      :root {
        color-scheme: light;
        --ground: #fff; --card: #fff; --tint: #fff; --line: #ccc; --strong-line: #888; --ink: #000;
        --soft: #444; --now: transparent; --changed: transparent; --link: #000;
        --good: #1c6b3c; --bad: #b3261e; --doubtful: #7d5300;
        --c0: #1d5aa6; --c1: #a1440b; --c2: #1c6b3c; --c3: #7b3a96; --c4: #7d5300; --c5: #066e78;
      }
      body { font-size: 10pt; }
      code, .change, .diagram .arrow { font-size: 8.5pt; }
      main, footer { padding: 0; max-width: none; }
      .js, .scripted .js, .scripted .bar, .scripted .tabs, .scripted .side, .toggle, .sources, footer {
        display: none;
      }
      .scripted .panes, .scripted .pane.diagram-pane, .scripted .pane.charts-pane { display: block; }
      .scripted .listing:not(.lasting) { display: block; }
      .listing:not([open]) { display: none !important; }
      .diagram { border-radius: 0; }
      .diagram tr, .listing li, .charts .lane, .why .card { break-inside: avoid; }
      .diagram tr[aria-current] .n::before { content: none; }
      .diagram tr.later code, .diagram tr.later .change { color: inherit; }
      .diagram tr.later .arrow { color: var(--bad); }
      .diagram thead { display: table-header-group; }
      .scripted .diagram thead th { position: static; }
      h3 { break-after: avoid; }
      a { color: inherit; text-decoration: none; }
      .charts svg, .diagram td.lane { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    }

    """
}
