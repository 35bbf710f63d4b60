/** Reading from git, and nothing else: no hook, no filter, no program that a repository's configuration names, no network. */
import { spawn } from 'node:child_process';
import { ExpectedError } from '../../shared/errors.ts';
import { projectRoot } from '../../shared/paths.ts';

export interface GitRun {
  /** Whether git did as it was told. */
  ok: boolean;
  out: Buffer;
  /** The first line of its complaint. */
  complaint: string;
}

/** Runs one plumbing command in a folder, with `input` on its standard input. Throws ExpectedError when git is not installed. */
export async function runGit(folder: string, args: readonly string[], input = ''): Promise<GitRun> {
  // Not in the folder itself: some systems look for programs in the working folder first.
  const child = spawn('git', [...SAFELY, '-C', folder, ...args], { cwd: projectRoot, env: cleanEnvironment(), windowsHide: true });
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  // A git that ends early does not read the rest; its exit code says why.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', (error) => reject(missing(error)));
    child.on('close', resolve);
  });
  return { ok: code === 0, out: Buffer.concat(out), complaint: Buffer.concat(err).toString('utf8').trim().split('\n')[0] ?? '' };
}

const SAFELY = ['--no-optional-locks', '--no-replace-objects', '--literal-pathspecs', '-c', 'core.fsmonitor=false'];

/** Without what points git elsewhere (a hook that runs us sets GIT_DIR), in English, and without a way to the network for objects that are missing. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^GIT_/i.test(name)));
  return { ...env, LC_ALL: 'C', LANGUAGE: 'C', GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: 'none' };
}

function missing(error: Error): unknown {
  if (!('code' in error) || error.code !== 'ENOENT') return error;
  return new ExpectedError('--since needs git, which is not installed', { hint: 'install git, or leave --since out', cause: error });
}
