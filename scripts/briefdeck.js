#!/usr/bin/env node
// The package's bin: Node 20 does not run TypeScript by itself, tsx does.
import { register } from 'tsx/esm/api';

register();
await import('./cli.ts');
