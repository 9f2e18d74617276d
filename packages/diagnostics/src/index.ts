export * from './diagnostic.ts';
export { codes, type Code, type CodeEntry } from './codes/index.ts';
export { formatDiagnostics, type FormatOptions } from './format-diagnostics.ts';
export { mergeAcrossClusters } from './merge-across-clusters.ts';
export { cells, escapeControls, type Cell } from './printable.ts';
export { renderCodesPage } from './render-codes-page.ts';
export { sortDiagnostics } from './sort-diagnostics.ts';
export { didYouMean, suggest } from './suggest.ts';
export { summaryLine } from './summary-line.ts';
