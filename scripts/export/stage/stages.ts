/** The stages that were bundled, in memory and in the cache. */
import { hashFolder, sha256 } from '../../shared/cache/hashes.ts';
import { programVersion } from '../../shared/cache/program-version.ts';
import type { SlidevDeck } from '../slidev/slidev-deck.ts';
import { buildStage, type Stage, stageSchema } from './build-stage.ts';
import { type RecordKind, readRecord, writeRecord } from './cache-record.ts';

/** One for each theme and installation that was in use; about 1 MB each. */
const KIND: RecordKind = { name: 'stage', kept: 8 };

export interface KeyedStage extends Stage {
  /** Another one whenever the stage is. */
  key: string;
}

/** By key: bundled or read once in a process, whichever session asks first. */
const known = new Map<string, Promise<Stage>>();

/**
 * Returns the stage for the theme of a deck as that is now; one that cannot be bundled is not tried again until the theme is another one. Throws as buildStage
 * does.
 */
export async function stageFor(deck: SlidevDeck): Promise<KeyedStage> {
  const key = await keyOf(deck);
  const stage = known.get(key) ?? find(key, deck);
  known.set(key, stage);
  // A theme that is edited while its decks are watched leaves many behind.
  for (const old of [...known.keys()].slice(0, -KIND.kept)) known.delete(old);
  return { ...(await stage), key };
}

async function find(key: string, deck: SlidevDeck): Promise<Stage> {
  const text = await readRecord(KIND, key);
  const kept = stageSchema.safeParse(text === null ? null : JSON.parse(text));
  if (kept.success) return kept.data;
  const stage = await buildStage(deck);
  await writeRecord(KIND, key, JSON.stringify(stage));
  return stage;
}

/** A hash of the theme, the program, and the settings that Slidev's plugins write into what they bundle. */
async function keyOf({ theme, data: { config } }: SlidevDeck): Promise<string> {
  const look = await hashFolder(theme).catch(() => 'missing');
  const { fonts, routerMode, drawings, record, presenter, download } = config;
  return sha256(JSON.stringify([theme, look, programVersion(), fonts, routerMode, drawings, record, presenter, download])).slice(0, 16);
}
