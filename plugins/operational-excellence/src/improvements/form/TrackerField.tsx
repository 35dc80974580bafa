import Typography from '@material-ui/core/Typography';
import type { TrackerList } from 'backstage-plugin-operational-excellence-common';
import { ExternalLink } from '../../entityContent/ExternalLink';
import { useTexts } from '../../translation';
import { DraftSelect } from './DraftSelect';

/** Where it will be filed: chosen where there is a choice. */
export const TrackerField = (props: {
  trackers: TrackerList['items'];
  /** The id of the chosen one. */
  value: string;
  onChange: (id: string) => void;
}) => {
  const { onChange, trackers, value } = props;
  const { t } = useTexts();
  const nameOf = ({ builtIn, scope, title }: TrackerList['items'][number]) =>
    builtIn ? title : `${title} · ${scope}`;

  if (trackers.length > 1) {
    return (
      <DraftSelect
        field="trackerId"
        label={t('improvement.tracker')}
        value={value}
        onChange={onChange}
        options={trackers.map(tracker => ({
          value: tracker.id,
          label: nameOf(tracker),
        }))}
      />
    );
  }
  return (
    <Typography variant="body2" style={{ overflowWrap: 'anywhere' }}>
      {`${t('improvement.tracker')}: `}
      {trackers.map(tracker => (
        <ExternalLink key={tracker.id} url={tracker.url}>
          {nameOf(tracker)}
        </ExternalLink>
      ))}
    </Typography>
  );
};
