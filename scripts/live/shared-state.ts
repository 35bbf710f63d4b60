import { z } from 'zod';

const change = z.object({
  key: z.enum(['nav', 'drawings', 'snapshots', 'sync']),
  /** The window that sends it. */
  source: z.string().max(40),
  /** The id of the slide that `page` refers to. */
  alias: z.string().max(200).optional(),
  value: z.record(z.string(), z.unknown()),
});

export type SharedChange = z.infer<typeof change>;

/** The state that the windows of a deck share. It lasts as long as the deck is open and is not written to disk. */
export class SharedState {
  readonly #values = new Map<string, object>([
    ['nav', { page: 0, clicks: 0, timer: { status: 'stopped', slides: {}, startedAt: 0, pausedAt: 0 } }],
  ]);

  read(key: string): object {
    return this.#values.get(key) ?? {};
  }

  /** Applies a message from a window. Returns null when the message is not valid. */
  accept(message: unknown): SharedChange | null {
    const parsed = change.safeParse(message);
    if (!parsed.success) return null;
    this.#values.set(parsed.data.key, parsed.data.value);
    return parsed.data;
  }
}
