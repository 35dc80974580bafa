import type { SvgIconProps } from '@material-ui/core/SvgIcon';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import type { ComponentType, ReactNode } from 'react';
import { Tone, toneColor } from './stateTones';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    // On one line with the text beside it, whatever the icon's height.
    alignItems: 'baseline',
    gap: theme.spacing(0.5),
    fontWeight: 600,
  },
  icon: { alignSelf: 'center', fontSize: '1.25em' },
}));

/** A few words that carry weight, with an icon and a colour. */
export const TonedLabel = (props: {
  icon: ComponentType<SvgIconProps>;
  tone: Tone;
  children: ReactNode;
}) => {
  const { children, icon: Icon, tone } = props;
  const classes = useStyles();
  const theme = useTheme();
  return (
    <span className={classes.root} style={{ color: toneColor(theme, tone) }}>
      <Icon className={classes.icon} aria-hidden />
      <span>{children}</span>
    </span>
  );
};
