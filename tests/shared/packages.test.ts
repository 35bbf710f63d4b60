import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, it } from 'vitest';
import { resolveInPackages } from '../../scripts/shared/packages.ts';
import { temporaryFolder } from '../run.ts';

it('a file of a package is looked up with every resolver in order, and a broken package is no missing one', async () => {
  const folder = await temporaryFolder();
  const write = (name: string, text: string) => {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  const resolvers = ['first', 'second'].map((name) => createRequire(write(`${name}/package.json`, '{}')));
  write('first/node_modules/font/package.json', '{"exports":{"./400.css":"./400.css"}}');
  const inFirst = write('first/node_modules/font/400.css', '');
  write('second/node_modules/font/400.css', '');
  const inSecond = write('second/node_modules/font/700.css', '');
  expect(resolveInPackages('font/400.css', resolvers)).toBe(inFirst);
  // The first package does not export it.
  expect(resolveInPackages('font/700.css', resolvers)).toBe(inSecond);
  expect(resolveInPackages('font/900.css', resolvers)).toBeNull();
  write('first/node_modules/broken/package.json', '{"exports":');
  expect(() => resolveInPackages('broken/400.css', resolvers)).toThrow('broken');
});
