export interface LowLimit {
  reason: string;
  hint: string;
}
export function lowLimit(purpose: 'start' | 'browser', text?: string, isRoot?: boolean): LowLimit | null;
export function keepOwnRights(): void;
