import { SvgIconProps } from '@material-ui/core/SvgIcon';
import { Theme } from '@material-ui/core/styles';
import BlockIcon from '@material-ui/icons/Block';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import ErrorIcon from '@material-ui/icons/Error';
import HelpIcon from '@material-ui/icons/Help';
import LinkOffIcon from '@material-ui/icons/LinkOff';
import NewReleasesIcon from '@material-ui/icons/NewReleases';
import PauseCircleFilledIcon from '@material-ui/icons/PauseCircleFilled';
import RemoveIcon from '@material-ui/icons/Remove';
import WatchLaterIcon from '@material-ui/icons/WatchLater';
import type { MeasureState } from 'backstage-plugin-operational-excellence-common';
import { ComponentType } from 'react';

/** Every state has an icon of its own, so that none is told by colour alone. */
export const stateIcons: Record<MeasureState, ComponentType<SvgIconProps>> = {
  failing: ErrorIcon,
  overdue: NewReleasesIcon,
  never: BlockIcon,
  unknown: HelpIcon,
  'not-configured': LinkOffIcon,
  'due-soon': WatchLaterIcon,
  ok: CheckCircleIcon,
  waived: PauseCircleFilledIcon,
  'not-required': RemoveIcon,
};

/**
 * Colours with a contrast of at least 4.5 to 1 on paper and on the default
 * background of the light and the dark theme, which the status colours of the
 * theme do not have.
 */
const tones = {
  light: {
    critical: '#B3261E',
    attention: '#8A5300',
    uncertain: '#5A5F66',
    good: '#1B6E36',
    neutral: '#1F5493',
  },
  dark: {
    critical: '#FFB4AB',
    attention: '#FFCF70',
    uncertain: '#D0D4DA',
    good: '#8FE0A6',
    neutral: '#A9CDFF',
  },
} as const;

/** How serious a state is. */
export type Tone = keyof (typeof tones)['light'];

export const stateTones: Record<MeasureState, Tone> = {
  failing: 'critical',
  overdue: 'critical',
  never: 'critical',
  unknown: 'uncertain',
  'not-configured': 'uncertain',
  'due-soon': 'attention',
  ok: 'good',
  waived: 'neutral',
  'not-required': 'neutral',
};

export function toneColor(theme: Theme, tone: Tone): string {
  return tones[theme.palette.type][tone];
}
