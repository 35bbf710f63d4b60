/**
 * What a shell may have forbidden this process (`ulimit`, `umask`). Node and Chromium end with traces of their own where something is missing, at any place. CommonJS,
 * because the launcher asks before it loads anything else: with too few open files there is no loading.
 */
'use strict';
const { readFileSync } = require('node:fs');

const MB = 2 ** 20;
const GB = 2 ** 30;

/**
 * By the name in /proc/self/limits (proc(5)): the least value with which Node 20 to 26 start and read content (`start`), and with which Chromium 143 to 156 print
 * (`browser`), as tried; the switch of `ulimit`, and what it counts.
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
 * Says which limit of this process is too low to start, or for a browser: `reason` is a sentence without its end, `hint` a command. Null when none is, and where the
 * system does not tell.
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
    // Other systems have no such file, or no file may be opened any more.
    return '';
  }
}

/** A umask that takes the owner's own rights would leave every folder that we make closed to us. Those of others stay as they are. */
function keepOwnRights() {
  const mask = process.umask();
  if ((mask & 0o700) !== 0) process.umask(mask & ~0o700);
}

module.exports = { lowLimit, keepOwnRights };
