import { createHash } from 'node:crypto';
import { changeClasses, type DiffReport } from '../model.ts';
import { script } from './html-script.ts';
import { style } from './html-style.ts';
import { summaryLines, titles } from './lines.ts';
import { isWholeApp, toldEntries } from './placed.ts';

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The report as one page that needs nothing else: search, filters, keyboard, light and dark. Its policy admits its own script and style only. */
export function formatHtml(report: DiffReport): string {
  // JSON inside <script>: `<` written as an escape, so that no manifest can end the element.
  const data = JSON.stringify({ report, titles, classes: changeClasses })
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
  const title = `Manifests: ${report.base} → ${report.head}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${escape(title)}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${escape(title)}</h1>
${[
  ...summaryLines(report),
  ...toldEntries(report)
    .filter(isWholeApp)
    .map(({ sentence }) => `${sentence}.`),
]
  .map((line) => `<p>${escape(line)}</p>`)
  .join('\n')}
</header>
<search aria-label="Entries">
<input id="search" type="search" placeholder="Search  ( / )" aria-label="Search" aria-keyshortcuts="/">
<div id="classes" role="group" aria-label="Classes"></div>
<select id="cluster" aria-label="Cluster"></select>
<select id="app" aria-label="App"></select>
<select id="kind" aria-label="Kind"></select>
<output id="count" aria-live="polite"></output>
</search>
<main id="entries" role="list"></main>
<button id="more" type="button" hidden>Show more</button>
<noscript><p>This page sorts its entries with a script. Without one, use --format markdown.</p></noscript>
<script type="application/json" id="data">${data}</script>
<script>${script}</script>
</body>
</html>
`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
