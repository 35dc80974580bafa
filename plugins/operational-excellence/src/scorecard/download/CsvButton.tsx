import { useApi } from '@backstage/frontend-plugin-api';
import { toError } from '@backstage/errors';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import GetAppIcon from '@material-ui/icons/GetApp';
import { useEffect, useRef, useState } from 'react';
import { operationalExcellenceApiRef } from '../../api';
import { errorText } from '../../feedback';
import { toneColor } from '../../states';
import { useTexts } from '../../translation';
import { allQuery, ScorecardView } from '../scorecardView';
import { saveFile } from './saveFile';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
  },
  failure: { color: toneColor(theme, 'critical'), overflowWrap: 'anywhere' },
}));

type Download =
  | { status: 'idle' }
  | { status: 'running' }
  | { status: 'failed'; error: Error };

/** Downloads all services of a view, over all pages. */
export const CsvButton = (props: {
  view: ScorecardView;
  starred: readonly string[];
}) => {
  const { starred, view } = props;
  const classes = useStyles();
  const api = useApi(operationalExcellenceApiRef);
  const { t } = useTexts();
  const [download, setDownload] = useState<Download>({ status: 'idle' });
  const running = useRef<AbortController>();
  useEffect(() => () => running.current?.abort(), []);

  const begin = async () => {
    const controller = new AbortController();
    running.current = controller;
    setDownload({ status: 'running' });
    try {
      const { signal } = controller;
      const csv = await api.getServicesCsv(allQuery(view, starred), { signal });
      if (signal.aborted) return;
      const day = new Date().toISOString().slice(0, 10);
      saveFile(csv, `services-${day}.csv`);
      setDownload({ status: 'idle' });
    } catch (error) {
      if (controller.signal.aborted) return;
      setDownload({ status: 'failed', error: toError(error) });
    }
  };
  const cancel = () => {
    running.current?.abort();
    setDownload({ status: 'idle' });
  };

  const isRunning = download.status === 'running';
  return (
    <div className={classes.root}>
      <Button
        size="small"
        variant="outlined"
        startIcon={<GetAppIcon />}
        onClick={isRunning ? cancel : begin}
      >
        {isRunning ? t('overview.csv.cancel') : t('overview.csv.download')}
      </Button>
      <Typography variant="body2" role="status">
        {isRunning && t('overview.csv.running')}
      </Typography>
      {download.status === 'failed' && (
        <Typography variant="body2" role="alert" className={classes.failure}>
          {t('overview.csv.failed', { message: errorText(download.error) })}
        </Typography>
      )}
    </div>
  );
};
