/** The style of the HTML report; both colour schemes follow the reader's system. */
export const style = `
:root { color-scheme: light dark; --text: light-dark(#1f2328, #e6edf3); --back: light-dark(#ffffff, #0d1117); --soft: light-dark(#f6f8fa, #161b22); --line: light-dark(#d1d9e0, #30363d); --dim: light-dark(#59636e, #9198a1); --focus: light-dark(#0550ae, #58a6ff); --minus: light-dark(#a40e26, #ff9a94); --plus: light-dark(#116329, #6fdd8b); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1rem; font: 15px/1.5 system-ui, sans-serif; color: var(--text); background: var(--back); }
h1 { font-size: 1.3rem; margin: 0 0 .5rem; overflow-wrap: anywhere; }
header p { margin: .15rem 0; }
search { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; position: sticky; top: 0; padding: .6rem 0; background: var(--back); border-bottom: 1px solid var(--line); z-index: 1; }
input, select, button { font: inherit; color: inherit; background: var(--soft); border: 1px solid var(--line); border-radius: 6px; padding: .3rem .6rem; }
#search { flex: 1 1 14rem; }
#classes { display: flex; flex-wrap: wrap; gap: .25rem; }
#classes button[aria-pressed="false"] { color: var(--dim); text-decoration: line-through; background: none; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 1px; }
output { color: var(--dim); }
article { border: 1px solid var(--line); border-inline-start: 5px solid var(--tone, var(--line)); border-radius: 6px; margin: .6rem 0; padding: .5rem .8rem; background: var(--soft); }
article h2 { font-size: 1rem; font-weight: 500; margin: 0; overflow-wrap: anywhere; }
article small { color: var(--dim); overflow-wrap: anywhere; }
article pre { margin: .4rem 0; padding: .4rem .6rem; overflow-x: auto; background: var(--back); border-radius: 4px; font: 13px/1.45 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
del { color: var(--minus); text-decoration: none; } ins { color: var(--plus); text-decoration: none; }
details > summary { cursor: pointer; color: var(--dim); }
.destroys, .rejected { --tone: light-dark(#cf222e, #f85149); } .interrupts { --tone: light-dark(#bc4c00, #db6d28); } .opens { --tone: light-dark(#8250df, #a371f7); }
.weakens { --tone: light-dark(#9a6700, #d29922); } .behaves { --tone: light-dark(#0969da, #388bfd); } .cosmetic { --tone: light-dark(#59636e, #6e7681); }
.tag { font-size: .8rem; border: 1px solid var(--tone); border-radius: 1rem; padding: 0 .5rem; margin-inline-end: .4rem; }
#more { display: block; margin: 1rem auto; } #more[hidden] { display: none; }
`;
