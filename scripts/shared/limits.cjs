/**
 * Limits that a shell may have set for this process (`ulimit`, `umask`). Without this check Node and Chromium fail anywhere, with their own
 * stack traces. CommonJS, because the launcher runs it before it loads anything else: with too few open files nothing can be loaded.
 */
'use strict';
const { readFileSync } = require('node:fs');

const MB = 2 ** 20;
const GB = 2 ** 30;

/**
 * For each name in /proc/self/limits (proc(5)): the least value with which Node 20 to 26 start and read content (`start`), and with which
 * Chromium 143 to 156 print (`browser`), found by trial; also the flag of `ulimit` and its unit.
 */
const NEEDS = [
  {
    name: 'Max address space',
    what: 'address space',
    flag: 'v',
    start: 11 * GB,
    browser: 72 * GB,
    inWords: (bytes) => `${Math.floor(bytes / GB)} GB`,
  },
  {
    name: 'Max file size',
    what: 'the size of a file',
    flag: 'f',
    start: 0,
    browser: 8 * MB,
    inWords: (bytes) => (bytes < MB ? `${Math.floor(bytes / 1024)} kB` : `${Math.floor(bytes / MB)} MB`),
  },
  { name: 'Max open files', what: 'open files', flag: 'n', start: 48, browser: 64, inWords: String },
  // Root has no such limit.
  { name: 'Max processes', what: 'processes', flag: 'u', start: 16, browser: 128, inWords: String, notForRoot: true },
];

/**
 * Returns the first limit of this process that is too low to start, or to run a browser: `reason` is a sentence without its full stop,
 * `hint` a command. Null when no limit is too low, and when the system does not give the limits.
 */
function lowLimit(purpose, text = limitsOfSystem(), isRoot = process.getuid?.() === 0) {
  for (const { name, what, flag, inWords, notForRoot = false, ...needs } of NEEDS) {
    const value = new RegExp(`^${name} +(\\d+) `, 'm').exec(text)?.[1];
    const needed = needs[purpose];
    if (value === undefined || Number(value) >= needed || (notForRoot && isRoot)) continue;
    const who = purpose === 'start' ? 'Briefdeck' : 'the browser';
    return {
      reason: `the limit on ${what} is ${inWords(Number(value))}, and ${who} needs ${inWords(needed)}`,
      hint: `raise the limit in this shell and run again: ulimit -${flag} ${flag === 'n' ? 4096 : flag === 'u' ? 4096 : 'unlimited'}`,
    };
  }
  return null;
}

function limitsOfSystem() {
  try {
    return readFileSync('/proc/self/limits', 'utf8');
  } catch {
    // Other systems have no such file, or no more files can be opened.
    return '';
  }
}

/**
 * Restores the owner's rights in the umask. Without them this process could not open the folders that it creates. The rights of others are
 * left as they are.
 */
function keepOwnRights() {
  const mask = process.umask();
  if ((mask & 0o700) !== 0) process.umask(mask & ~0o700);
}

module.exports = { lowLimit, keepOwnRights };
