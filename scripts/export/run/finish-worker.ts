/** The worker that finishes PDFs, see openFinisher in session.ts. */
import { answerOrders } from '../../shared/order-thread.ts';
import { type FinishOrder, finishAndInspect } from './finishing.ts';

answerOrders((order: FinishOrder) => finishAndInspect(withOwnDate(order)));

/** Creates the date again in this thread: when the global Date was replaced, as in tests, a date that was sent is not an instance of it. */
function withOwnDate({ finish, ...order }: FinishOrder): FinishOrder {
  return { ...order, finish: { ...finish, date: new Date(finish.date) } };
}
