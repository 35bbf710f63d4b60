/** Chromium's sandbox, seen from outside: as a user who is not root, for root has none. Skipped where no such user can be played. */
import { execFile } from 'node:child_process';
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../scripts/shared/paths.ts';

const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;
let home: string;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'briefdeck-nobody-'));
  if (isRoot) await chown(home, NOBODY, NOBODY);
});
afterAll(() => rm(home, { recursive: true, force: true }));

/** Starts the browser, opens a page and tells of its processes what Linux says of them. */
const program = `
import { readdirSync, readFileSync } from 'node:fs';
import { launchBrowser } from '${projectRoot}/scripts/export/browser/browser.ts';
const { browser, chosen } = await launchBrowser({ explicit: process.env.EXPLICIT || null, env: process.env }, 9);
const page = await browser.newPage();
await page.setContent('<p>words</p>');
const processes = readdirSync('/proc').filter((pid) => /^\\d+$/.test(pid)).flatMap((pid) => {
  try {
    const command = readFileSync('/proc/' + pid + '/cmdline', 'utf8');
    if (Number(pid) === process.pid || !command.includes('--type=renderer')) return [];
    const status = readFileSync('/proc/' + pid + '/status', 'utf8');
    if (Number(/^Uid:\\s+(\\d+)/m.exec(status)?.[1]) !== process.getuid()) return [];
    return [{ seccomp: Number(/^Seccomp:\\s+(\\d)/m.exec(status)?.[1]), off: command.includes('--no-sandbox') }];
  } catch {
    return [];
  }
});
await browser.close();
console.log(JSON.stringify({ sandbox: chosen.sandbox, path: chosen.path, processes }));
`;

async function startAsSomebody(explicit = ''): Promise<{ sandbox: boolean; path: string; processes: { seccomp: number; off: boolean }[] }> {
  const node = [
    process.execPath,
    '--import',
    path.join(projectRoot, 'node_modules/tsx/dist/loader.mjs'),
    '--input-type=module',
    '--eval',
    program,
  ];
  const [command = '', ...args] = isRoot ? ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', ...node] : node;
  const env = { PATH: process.env.PATH, HOME: home, EXPLICIT: explicit };
  const { stdout } = await promisify(execFile)(command, args, { cwd: projectRoot, env });
  return JSON.parse(stdout);
}

describe.skipIf(process.platform !== 'linux')('the sandbox', () => {
  it('is on for everybody but root: pages run behind a system call filter', async () => {
    const { sandbox, processes } = await startAsSomebody();
    expect(sandbox).toBe(true);
    expect(processes.length).toBeGreaterThan(0);
    for (const each of processes) expect(each).toEqual({ seccomp: 2, off: false });
  });

  it('is off only where Chromium says that it cannot run, and then that is told', async () => {
    const { path: real } = await startAsSomebody();
    const browser = path.join(home, 'chromium-without-namespaces');
    const refusal =
      'No usable sandbox! If you are running on Ubuntu 23.10+ or another Linux distro that has disabled unprivileged user namespaces';
    const check = `case " $* " in *" --no-sandbox "*) ;; *) echo "[1:1:FATAL:zygote_host_impl_linux.cc(128)] ${refusal}" >&2; exit 1;; esac`;
    const libraries = path.join(path.dirname(real), 'al2023', 'lib');
    await writeFile(browser, `#!/bin/sh\n${check}\nLD_LIBRARY_PATH="${libraries}" exec "${real}" "$@"\n`);
    await chmod(browser, 0o755);
    expect((await startAsSomebody(browser)).sandbox).toBe(false);
  });
});
