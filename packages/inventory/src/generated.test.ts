import { format } from 'prettier';
import { expect, test } from 'vitest';
import { renderSchemas } from './render-schemas.ts';

test.each(Object.entries(renderSchemas()))('%s is what the TypeBox definition says', async (path, text) => {
  const options = { parser: path.endsWith('.json') ? 'json' : 'typescript', printWidth: 120, singleQuote: true };
  await expect(await format(text, options)).toMatchFileSnapshot(path);
});
