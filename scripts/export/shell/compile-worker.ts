/** The thread of shell-site.ts. */
import { answerOrders } from '../../shared/order-thread.ts';
import { DeckCompiler } from './deck-compiler.ts';

answerOrders(new DeckCompiler().work);
