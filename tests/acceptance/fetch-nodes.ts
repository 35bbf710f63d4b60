/** Fetches the Nodes that the acceptance tests try, once: npx tsx tests/acceptance/fetch-nodes.ts */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { NODES, nodeFolder, nodePackage, nodePrefix } from './nodes.ts';

for (const version of NODES) {
  if (nodeFolder(version) === null) {
    const prefix = nodePrefix(version);
    mkdirSync(prefix, { recursive: true });
    execFileSync('npm', ['install', '--no-save', '--ignore-scripts', '--prefix', prefix, `${nodePackage}@${version}`], {
      stdio: 'inherit',
    });
  }
  const node = `${nodeFolder(version)}/node`;
  process.stdout.write(`Node ${version}: ${execFileSync(node, ['--version'], { encoding: 'utf8' })}`);
}
