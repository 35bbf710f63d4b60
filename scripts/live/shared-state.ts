import { z } from 'zod';

const change = z.object({
  key: z.enum(['nav', 'drawings', 'snapshots', 'sync']),
  /** The window it comes from. */
  source: z.string().max(40),
  /** The id of the slide that `page` means. */
  alias: z.string().max(200).optional(),
  value: z.record(z.string(), z.unknown()),
});

export type SharedChange = z.infer<typeof change>;

/** What the windows of a deck have in common. It lives as long as the deck is open and is written nowhere. */
export class SharedState {
  readonly #values = new Map<string, object>([
    ['nav', { page: 0, clicks: 0, timer: { status: 'stopped', slides: {}, startedAt: 0, pausedAt: 0 } }],
  ]);

  read(key: string): object {
    return this.#values.get(key) ?? {};
  }

  /** Takes a window's message; null when it is none. */
  accept(message: unknown): SharedChange | null {
    const parsed = change.safeParse(message);
    if (!parsed.success) return null;
    this.#values.set(parsed.data.key, parsed.data.value);
    return parsed.data;
  }
}
