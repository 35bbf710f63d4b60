export function loadProgram(): Promise<{ entry: string; key: string }>;
export class NowhereToKeep extends Error {}
