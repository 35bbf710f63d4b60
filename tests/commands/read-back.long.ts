/** Every output is read back before it takes its name. */
import { access, appendFile, cp, symlink } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { projectFrom, run } from '../run.ts';

const mixed = path.join(import.meta.dirname, 'input/mixed');
const templates = path.resolve(import.meta.dirname, '../../templates');

it('an output that lacks a word is not made, and says which word of which slide and file', async () => {
  const project = await projectFrom(mixed);
  const own = path.join(path.dirname(project.content), 'templates');
  await cp(templates, own, { recursive: true });
  await symlink(path.join(templates, '../node_modules'), path.join(path.dirname(own), 'node_modules'));
  await appendFile(path.join(own, 'theme/styles/text.css'), '\n.slidev-layout .points strong { display: none; }\n');
  await appendFile(path.join(own, 'briefing/briefing.css'), '\n.text strong { display: none; }\n');
  const formats = 'slides,briefing,handout,png,pptx';
  const { exitCode, stderr } = await run(['brief', '--format', formats, '--templates', own, ...project.options]);
  expect(exitCode).toBe(1);
  const where = '\\(ten, interviews/iv/010-ten\\.md\\)';
  for (const [output, what] of [
    ['river\\.pdf', 'page 3'],
    ['river-briefing\\.pdf', 'it'],
    ['river-handout\\.pdf', 'page 2'],
    ['river', 'picture 3'],
    ['river\\.pptx', 'slide 3'],
  ])
    expect(stderr).toMatch(
      new RegExp(`✗ ${output} not made: [^\\n]*${what} does not show "bold" of "Before the code with bold words" ${where}`),
    );
  await expect(access(path.join(project.out, 'river.pdf'))).rejects.toThrow('ENOENT');
});
