/** Largest file that is read, in bytes: above what any API server accepts a thousand times over, below what fills a small machine. */
export const maximumFileBytes = 20 * 1024 * 1024;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export type Decoded = { readonly text: string } | { readonly problem: string; readonly hint: string };

/** The text of a file, or why it is not one: too large, binary, or not UTF-8. A byte order mark is dropped. */
export function decode(content: string | Uint8Array): Decoded {
  if (content.length > maximumFileBytes) {
    return {
      problem: `the file has ${Math.round(content.length / 1024 / 1024)} MiB; at most ${maximumFileBytes / 1024 / 1024} MiB are read`,
      hint: 'split it into one file per object, or keep it out of the folder',
    };
  }
  let text: string;
  if (typeof content === 'string') text = content;
  else {
    if ((content[0] === 0xff && content[1] === 0xfe) || (content[0] === 0xfe && content[1] === 0xff)) {
      return {
        problem: 'the file is UTF-16, not UTF-8',
        hint: 'save it as UTF-8 (on Windows: Out-File -Encoding utf8)',
      };
    }
    if (content.subarray(0, 8192).includes(0)) return binary;
    try {
      text = decoder.decode(content);
    } catch {
      return { problem: 'the file is not valid UTF-8', hint: 'save it as UTF-8, or keep it out of the folder' };
    }
  }
  if (text.includes('\0')) return binary;
  return { text: text.startsWith('\uFEFF') ? text.slice(1) : text };
}

const binary = {
  problem: 'the file is binary, not YAML',
  hint: 'keep it out of the folder, or give it another extension',
};
