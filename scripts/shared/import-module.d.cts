/** A package, by its name, or a file, by its URL. */
export function importModule<T>(specifier: string): Promise<T>;
