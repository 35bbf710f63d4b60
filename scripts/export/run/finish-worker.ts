/** The thread of finisher.ts. */
import { answerOrders } from '../../shared/order-thread.ts';
import { type FinishOrder, finishAndInspect } from './finishing.ts';

answerOrders((order: FinishOrder) => finishAndInspect(withOwnDate(order)));

/** Where something has put another clock in the place of Node's, as a test does, a date that was sent is not one of its dates. */
function withOwnDate({ finish, ...order }: FinishOrder): FinishOrder {
  return { ...order, finish: { ...finish, date: new Date(finish.date) } };
}
