import type { AgeMark } from './ages';

/** How each mark is drawn, so that none is told by its colour alone. */
export const MARK_DASHES: Record<AgeMark['kind'], string> = {
  median: '2 3',
  p85: '8 4',
  limit: '0',
};
