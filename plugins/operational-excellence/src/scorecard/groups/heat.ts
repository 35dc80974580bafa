import type { Theme } from '@material-ui/core/styles';

/** How large a share of services needs attention, in steps. */
export const HEAT_LEVELS = ['none', 'few', 'some', 'many', 'most'] as const;

export type HeatLevel = (typeof HEAT_LEVELS)[number];

/** @param share - from 0 to 1 */
export function heatLevel(share: number): HeatLevel {
  if (share <= 0) return 'none';
  if (share <= 0.1) return 'few';
  if (share <= 0.25) return 'some';
  return share <= 0.5 ? 'many' : 'most';
}

/** Backgrounds on which the text has a contrast of far more than 4.5 to 1. */
const heat = {
  light: {
    text: '#1F1F1F',
    none: 'transparent',
    few: '#FFF9E5',
    some: '#FFEFC7',
    many: '#FFE0C2',
    most: '#FFCFC4',
  },
  dark: {
    text: '#FFFFFF',
    none: 'transparent',
    few: '#38331F',
    some: '#4B3B14',
    many: '#5C3413',
    most: '#6E2A20',
  },
} as const satisfies Record<
  Theme['palette']['type'],
  Record<HeatLevel | 'text', string>
>;

export function heatStyle(
  theme: Theme,
  level: HeatLevel,
): { background: string; color: string } {
  const colors = heat[theme.palette.type];
  return { background: colors[level], color: colors.text };
}
