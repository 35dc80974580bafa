import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import ErrorIcon from '@material-ui/icons/Error';
import type { ServiceDetail } from 'backstage-plugin-operational-excellence-common';
import { toneColor } from '../../states';
import { operationalExcellenceTranslationRef } from '../../translation';
import { Figure } from './Figure';

const useStyles = makeStyles(theme => ({
  target: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    fontWeight: 600,
  },
  icon: { fontSize: '1.25em' },
}));

const percent = (share: number) =>
  share.toLocaleString(undefined, {
    style: 'percent',
    maximumFractionDigits: 1,
  });

/** How the share of improvements in the work done compares with the policy's. */
const ShareTarget = (props: { share: number; target: number }) => {
  const { share, target } = props;
  const classes = useStyles();
  const theme = useTheme();
  const { t } = useTranslationRef(operationalExcellenceTranslationRef);
  const met = share >= target;
  const Icon = met ? CheckCircleIcon : ErrorIcon;
  return (
    <span
      className={classes.target}
      style={{ color: toneColor(theme, met ? 'good' : 'critical') }}
    >
      <Icon className={classes.icon} aria-hidden />
      {t(met ? 'tab.figures.shareMet' : 'tab.figures.shareMissed', {
        target: percent(target),
      })}
    </span>
  );
};

/** How much of the work done were improvements. */
export const ImprovementShare = (props: { service: ServiceDetail }) => {
  const { backlog, thresholds } = props.service;
  const { t } = useTranslationRef(operationalExcellenceTranslationRef);
  const share = backlog.improvementShare90d;
  const target = thresholds?.backlog?.improvementShare ?? null;
  return (
    <Figure
      name={t('tab.figures.share')}
      hint={
        <>
          {t('tab.figures.shareHint')}
          {share !== null && target !== null && (
            <>
              <br />
              <ShareTarget share={share} target={target} />
            </>
          )}
        </>
      }
    >
      {share === null ? t('tab.figures.shareNone') : percent(share)}
    </Figure>
  );
};
