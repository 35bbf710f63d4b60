/** Other Nodes than the one that runs the tests, as npm packages that hold a `node` each. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../scripts/shared/paths.ts';

/** The oldest that README.md promises, and the newest of every line. */
export const NODES = ['20.19.0', '20', '22', '24', '26'] as const;
export type NodeVersion = (typeof NODES)[number];

export const nodePackage = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

/** Where fetch-nodes.ts puts it. */
export const nodePrefix = (version: NodeVersion): string => path.join(projectRoot, 'node_modules/.cache/nodes', version);

/** The folder to put on PATH, or null when it was not fetched. */
export function nodeFolder(version: NodeVersion): string | null {
  const folder = path.join(nodePrefix(version), 'node_modules', nodePackage, 'bin');
  return existsSync(folder) ? folder : null;
}
