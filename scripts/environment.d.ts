export function clearEnvironment(env: NodeJS.ProcessEnv): string[];
