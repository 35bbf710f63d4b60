#!/usr/bin/env node
// The package's bin. CommonJS, so that it can explain in one sentence why Node.js cannot run Briefdeck.
'use strict';
const path = require('node:path');
const { lowLimit } = require('./shared/limits.cjs');

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  refuse(`it needs Node.js 20.19 or newer, and this is ${process.version}`, 'install a newer Node.js');
} else if (path.sep === '/' && /[\\*]/.test(__dirname)) {
  // Node loads no ES module from a path with a backslash, and replaces a `*` in the path of a package that exports patterns.
  refuse(`Node.js finds no packages below a folder with \\ or * in its name: ${JSON.stringify(__dirname)}`, 'move or rename the folder');
} else {
  const low = lowLimit('start');
  if (low === null) import('./briefdeck.js');
  else refuse(low.reason, low.hint);
}

function refuse(reason, hint) {
  process.stderr.write(`Briefdeck cannot start: ${reason}\n  ${hint}\n`);
  process.exitCode = 1;
}
