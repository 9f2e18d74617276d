/** The script of the HTML report. It writes text only through `textContent`, so no manifest can become markup. */
export const script = `
'use strict';
(() => {
  const { report, titles, classes } = JSON.parse(document.getElementById('data').textContent);
  const byId = (id) => document.getElementById(id);
  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const show = (value) => (typeof value === 'string' ? value : JSON.stringify(value));
  const objectText = (each) => each.kind + ' ' + (each.namespace ? each.namespace + '/' : '') + each.name + (each.cluster ? ' (' + each.cluster + ')' : '');
  const entries = report.entries.map((entry) => ({ entry, text: [entry.class, entry.code, entry.sentence, entry.change, ...entry.objects.map((each) => objectText(each) + ' ' + each.file + ' ' + (each.app || '')), ...entry.fields.map((each) => each.pointer + ' ' + show(each.before ?? '') + ' ' + show(each.after ?? ''))].join('\\n').toLowerCase() }));
  const state = { off: new Set(), limit: 200 };
  const choose = (id, name) => {
    const values = [...new Set(report.entries.flatMap((entry) => entry.objects.map((each) => each[id] || '')))].filter(Boolean).sort();
    byId(id).append(make('option', { value: '' }, name), ...values.map((value) => make('option', { value }, value)));
    byId(id).hidden = values.length < 2;
    byId(id).addEventListener('change', () => render(true));
  };
  choose('cluster', 'All clusters');
  choose('app', 'All apps');
  choose('kind', 'All kinds');
  for (const each of classes) {
    const count = report.summary.byClass[each];
    if (!count) continue;
    const button = make('button', { type: 'button', class: each, 'aria-pressed': 'true', title: titles[each] }, each + ' ' + count);
    button.addEventListener('click', () => {
      if (state.off.has(each)) state.off.delete(each); else state.off.add(each);
      button.setAttribute('aria-pressed', String(!state.off.has(each)));
      render(true);
    });
    byId('classes').append(button);
  }
  const fields = (list) => {
    const pre = make('pre');
    for (const each of list.slice(0, 200)) {
      pre.append(each.pointer + '\\n');
      if ('before' in each) pre.append(make('del', {}, '- ' + show(each.before)), '\\n');
      if ('after' in each) pre.append(make('ins', {}, '+ ' + show(each.after)), '\\n');
    }
    if (list.length > 200) pre.append('and ' + (list.length - 200) + ' more');
    return pre;
  };
  const folded = (summary, fill, open) => {
    const details = make('details', {}, make('summary', {}, summary));
    const once = () => { if (details.open && details.childElementCount === 1) details.append(fill()); };
    details.addEventListener('toggle', once);
    if (open) { details.open = true; once(); }
    return details;
  };
  const draw = ({ entry }) => {
    const article = make('article', { class: entry.class, tabindex: '-1', role: 'listitem', 'aria-label': entry.class + ': ' + entry.sentence });
    article.append(make('h2', {}, make('span', { class: 'tag' }, entry.class), entry.sentence), make('small', {}, entry.code + ' · ' + entry.change + ' · ' + entry.objects.slice(0, 3).map((each) => each.file).join(', ')));
    if (entry.causes) article.append(make('div', {}, make('small', {}, 'because of ' + entry.causes.join(', '))));
    if (entry.objects.length > 1) article.append(folded(entry.objects.length + ' objects', () => make('pre', {}, entry.objects.map((each) => objectText(each) + '  ' + each.file).join('\\n'))));
    if (entry.fields.length > 0) article.append(folded(entry.fields.length + (entry.fields.length === 1 ? ' field' : ' fields'), () => fields(entry.fields), entry.fields.length <= 12 && entry.change !== 'added' && entry.change !== 'removed'));
    return article;
  };
  let found = [];
  const render = (fresh) => {
    if (fresh) state.limit = 200;
    const words = byId('search').value.toLowerCase().split(/\\s+/).filter(Boolean);
    const wanted = ['cluster', 'app', 'kind'].map((id) => [id, byId(id).value]).filter(([, value]) => value);
    found = entries.filter(({ entry, text }) => !state.off.has(entry.class) && words.every((word) => text.includes(word)) && (wanted.length === 0 || entry.objects.some((each) => wanted.every(([id, value]) => each[id] === value))));
    const shown = found.slice(0, state.limit);
    byId('entries').replaceChildren(...shown.map(draw));
    const first = byId('entries').firstElementChild;
    if (first) first.tabIndex = 0;
    byId('count').textContent = found.length + ' of ' + entries.length;
    byId('more').hidden = found.length <= shown.length;
  };
  byId('search').addEventListener('input', () => render(true));
  byId('more').addEventListener('click', () => { state.limit += 200; render(false); });
  const focus = (article) => {
    if (!article) return;
    for (const each of byId('entries').children) each.tabIndex = -1;
    article.tabIndex = 0;
    article.focus();
    article.scrollIntoView({ block: 'nearest' });
  };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches('input, select');
    if (event.key === '/' && !typing) { event.preventDefault(); byId('search').focus(); byId('search').select(); return; }
    if (event.key === 'Escape' && event.target === byId('search')) { byId('search').value = ''; render(true); focus(byId('entries').firstElementChild); return; }
    const article = event.target.closest('article');
    if (event.target === byId('search') && event.key === 'ArrowDown') { event.preventDefault(); focus(byId('entries').firstElementChild); return; }
    if (typing || (!article && event.target !== document.body)) return;
    const move = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (move) { event.preventDefault(); focus(article ? (move > 0 ? article.nextElementSibling : article.previousElementSibling) : byId('entries').firstElementChild); return; }
    if (event.key === 'Home' && article) { event.preventDefault(); focus(byId('entries').firstElementChild); }
    if (event.key === 'End' && article) { event.preventDefault(); focus(byId('entries').lastElementChild); }
    if (event.key === 'Enter' && event.target === article) for (const each of article.querySelectorAll('details')) each.open = !each.open;
  });
  render(true);
})();
`;
