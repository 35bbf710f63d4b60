export function runCompiled(file: string, kept: string): unknown;
