/** The thread of finisher.ts: one order after the other. */
import { parentPort } from 'node:worker_threads';
import { ExpectedError } from '../shared/errors.ts';
import { type Finished, type FinishOrder, finishAndInspect } from './finishing.ts';

export interface Ordered {
  id: number;
  order: FinishOrder;
}

/** Expected errors as data, for their class does not survive the way. */
export type Answer = { id: number } & (
  | { type: 'finished'; finished: Finished }
  | { type: 'refused'; message: string; hint: string | null }
  | { type: 'thrown'; error: unknown }
);

parentPort?.on('message', async ({ id, order }: Ordered) => {
  const answer = (given: Answer) => parentPort?.postMessage(given);
  try {
    answer({ id, type: 'finished', finished: await finishAndInspect(withOwnDate(order)) });
  } catch (error) {
    if (error instanceof ExpectedError) answer({ id, type: 'refused', message: error.message, hint: error.hint });
    else answer({ id, type: 'thrown', error });
  }
});

/** Where something has put another clock in the place of Node's, as a test does, a date that was sent is not one of its dates. */
function withOwnDate({ finish, ...order }: FinishOrder): FinishOrder {
  return { ...order, finish: { ...finish, date: new Date(finish.date) } };
}
