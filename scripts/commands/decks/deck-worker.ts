/** The worker for DeckThreads in decks.ts. */
import { answerOrders } from '../../shared/order-thread.ts';
import { DeckMaker } from './deck-making.ts';

answerOrders(new DeckMaker().work);
