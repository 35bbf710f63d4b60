/** Real git repositories for tests: made by the git of this machine, with fixed people and dates. */
import { execFileSync } from 'node:child_process';

/** Runs git in a folder, without anybody's own configuration. */
export function git(folder: string, args: readonly string[], date = '2026-11-01T12:00:00Z'): string {
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
  const env = {
    ...own,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_AUTHOR_NAME: 'A',
    GIT_AUTHOR_EMAIL: 'a@example.org',
    GIT_COMMITTER_NAME: 'A',
    GIT_COMMITTER_EMAIL: 'a@example.org',
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_DATE: date,
  };
  return execFileSync('git', ['-C', folder, '-c', 'init.defaultBranch=main', ...args], { env, encoding: 'utf8' }).trim();
}

/** Commits everything that is in a folder, at a date; makes the repository when there is none. Gives the commit. */
export function commitAll(folder: string, date: string): string {
  git(folder, ['init', '--quiet']);
  git(folder, ['add', '--all']);
  git(folder, ['commit', '--quiet', '--allow-empty', '--message', 'As it is'], date);
  return git(folder, ['rev-parse', 'HEAD']);
}
