/** What a file with errors still says about whether it may be published. */
import type { Permission } from '../../model/corpus.ts';
import { attribution, DATE } from '../../model/front-matter.ts';
import type { Matter } from '../kinds/page-matter.ts';
import { isRecord } from '../kinds/yaml.ts';
import { suggest } from '../suggest.ts';

/** Of a file that says nothing, or of which not a byte can be read: then what was published before stays. */
export const openPermission: Permission = { draft: false, embargo: null, attribution: 'readable' };

/** The permission of a file. A value that is there and cannot be read forbids; so does a key that is probably a misspelt one. */
export function permissionOf({ data, source }: Matter): Permission {
  if (data === null || KEY_TWICE.test(source)) return permissionInText(source);
  const people = Array.isArray(data.people) ? data.people.filter(isRecord) : [];
  const levels = [data, ...people].flatMap((item) => ('attribution' in item ? [item.attribution] : []));
  const misspelt = [data, ...people].flatMap((item) => Object.keys(item).map(meantKey));
  return {
    draft: misspelt.includes('draft') ? 'unreadable' : readDraft(data.draft),
    embargo: misspelt.includes('embargo') ? 'unreadable' : readEmbargo(data.embargo),
    attribution: misspelt.includes('attribution') || !levels.every(isAttribution) ? 'unreadable' : 'readable',
  };
}

const KEYS = ['draft', 'embargo', 'attribution'] as const;
const KEY_TWICE = /^(draft|embargo|attribution)[ \t]*:[\s\S]*^\1[ \t]*:/m;

/** The key that another one was probably meant to be; null for a key that is itself or something else. */
function meantKey(key: string): (typeof KEYS)[number] | null {
  if (KEYS.some((known) => known === key)) return null;
  const meant = suggest(key, KEYS);
  return KEYS.find((known) => known === meant) ?? null;
}

function readDraft(value: unknown): Permission['draft'] {
  return value === undefined ? false : typeof value === 'boolean' ? value : 'unreadable';
}

function readEmbargo(value: unknown): Permission['embargo'] {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' && DATE.test(value) ? value : 'unreadable';
}

function isAttribution(value: unknown): boolean {
  return attribution.safeParse(value).success;
}

/** As far as lines tell: of YAML that cannot be read, or that says two things. */
function permissionInText(source: string): Permission {
  const valuesOf = (key: string) =>
    [...source.matchAll(new RegExp(`(?:^|[{,\\s])["']?${key}["']?[ \\t]*:[ \\t]*(["']?[\\w-]*["']?)`, 'gim'))].map(
      ([, value = '']) => value,
    );
  const all = (key: string, harmless: RegExp) => valuesOf(key).every((value) => harmless.test(value));
  return {
    draft: all('draft', /^false$/) ? false : 'unreadable',
    embargo: all('embargo', /^(?:null)?$/) ? null : 'unreadable',
    attribution: all('attribution', /^["']?named["']?$/) ? 'readable' : 'unreadable',
  };
}
