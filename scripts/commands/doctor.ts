import { createRequire } from 'node:module';
import path from 'node:path';
import { type BrowserDescription, findBrowser } from '../export/browser/browser.ts';
import { type Candidate, thisSystem } from '../export/browser/browser-candidates.ts';
import { presentBrowsers } from '../export/browser/browser-request.ts';
import { loadMetrics } from '../render/fonts/load-metrics.ts';
import { EXIT, type ExitCode, ExpectedError } from '../shared/errors.ts';
import { packageFolder } from '../shared/packages.ts';
import { projectRoot } from '../shared/paths.ts';
import type { Settings } from './settings.ts';

interface Finding {
  what: string;
  ok: boolean;
  found: string;
  /** What to do or to know. Null when there is nothing. */
  advice: string | null;
  exitCode: ExitCode;
}

/** Checks Node, packages, fonts and browser. Exit code 3 without a usable browser, 1 for any other fault. */
export async function doctor(browser: string | null, settings: Settings): Promise<ExitCode> {
  const findings = [nodeVersion(), slidev(), await fonts(settings), ...(await browsers(browser, settings))];
  for (const { what, ok, found, advice } of findings) {
    const line = `${ok ? '✓' : '✗'} ${what}: ${found}${advice === null ? '' : `\n  ${advice}`}`;
    if (ok) settings.report.say(line);
    else settings.report.warn(line);
  }
  const exitCode = findings.find(({ ok }) => !ok)?.exitCode ?? EXIT.done;
  settings.report.summary({
    command: 'doctor',
    exitCode,
    findings: findings.map(({ what, ok, found, advice }) => ({ what, ok, found, advice })),
  });
  return exitCode;
}

function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > 20 || (major === 20 && minor >= 19);
  return {
    what: 'Node.js',
    ok,
    found: `${process.versions.node} on ${process.platform} ${process.arch}`,
    // Node.js 20 has had no security updates since 30 April 2026.
    advice: !ok ? 'install Node.js 20.19 or newer' : major === 20 ? 'it gets no security updates any more; 22.17 or newer does' : null,
    exitCode: EXIT.failed,
  };
}

function slidev(): Finding {
  const require = createRequire(path.join(projectRoot, 'package.json'));
  try {
    const { version } = require('@slidev/cli/package.json') as { version: string };
    return { what: 'Slidev', ok: true, found: version, advice: null, exitCode: EXIT.done };
  } catch (error) {
    return {
      what: 'Slidev',
      ok: false,
      found: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error),
      advice: 'run npm ci',
      exitCode: EXIT.failed,
    };
  }
}

/** Every font family of the theme, with its package. Only the Latin ones are measured, so the others are checked here. */
const FONTS = {
  'Source Serif 4': '@fontsource/source-serif-4',
  'Source Sans 3': '@fontsource/source-sans-3',
  'Source Code Pro': '@fontsource/source-code-pro',
  'Noto Sans SC': '@fontsource/noto-sans-sc',
  'Noto Serif SC': '@fontsource/noto-serif-sc',
};

async function fonts({ folders }: Settings): Promise<Finding> {
  const missing = Object.values(FONTS).filter((name) => packageFolder(name) === null);
  try {
    if (missing.length > 0) throw new ExpectedError(`not installed: ${missing.join(', ')}`, { hint: 'run npm ci' });
    await loadMetrics(path.join(folders.templates, 'theme'));
    return {
      what: 'fonts',
      ok: true,
      found: `${Object.keys(FONTS).join(', ')} (npm packages, embedded in every PDF)`,
      advice: null,
      exitCode: EXIT.done,
    };
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return { what: 'fonts', ok: false, found: error.message, advice: error.hint, exitCode: EXIT.failed };
  }
}

async function browsers(explicit: string | null, { env }: Settings): Promise<Finding[]> {
  try {
    const { chosen, refused } = await findBrowser({ explicit, env });
    const passed = refused.map(({ name, reason }) => `; passed over ${name}: ${reason}`).join('');
    const sandbox = chosen.sandbox ? 'sandbox on' : 'sandbox off: it cannot run as root or without user namespaces';
    const used: Finding = {
      what: 'browser',
      ok: true,
      found: `${chosen.name} ${chosen.version} (${chosen.source}), ${sandbox}, ${chosen.path}${passed}`,
      advice: chosen.source === 'embedded' ? OLD_BROWSER : null,
      exitCode: EXIT.done,
    };
    return [used, otherBrowsers(chosen, env)];
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    const missing: Finding = { what: 'browser', ok: false, found: error.message, advice: error.hint, exitCode: error.exitCode };
    return [missing, otherBrowsers(null, env)];
  }
}

/** Returns the other browsers that are present. They are not started, so they may not work. */
function otherBrowsers(used: BrowserDescription | null, env: NodeJS.ProcessEnv): Finding {
  const isUsed = ({ source, path: file }: Candidate) => file === used?.path || (source === 'embedded' && used?.source === 'embedded');
  const others = presentBrowsers(thisSystem(env)).filter((candidate) => !isUsed(candidate));
  return {
    what: 'other browsers',
    ok: true,
    found: others.map(({ name, source, path: file }) => `${name} (${source}) ${file}`).join(', ') || 'none',
    advice: others.length === 0 ? null : 'to use one: --browser or BRIEFDECK_BROWSER with its path, embedded or system',
    exitCode: EXIT.done,
  };
}

/** See .github/SECURITY.md: it is the newest release that Node.js 20 can use. */
const OLD_BROWSER = 'it is an older Chromium: for content of strangers install Chrome, Edge or a new Chromium, which is then taken';
