export class Cache {
  constructor(folder: string | null, most: number, like?: string | null);
  read(name: string): Buffer | null;
  write(name: string, bytes: Uint8Array): void;
  find(name: string, how: 'look' | 'read'): string | null;
  keep(name: string, made: string, isListed?: (name: string) => boolean): void;
  use(name: string): string | null;
  within(name: string): Cache;
  only(names: ReadonlySet<string>): void;
}
