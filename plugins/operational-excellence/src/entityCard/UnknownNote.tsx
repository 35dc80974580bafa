import Typography from '@material-ui/core/Typography';
import { Moment, useTimeWords } from '../time';
import { useTexts } from '../translation';

/** Since when a measure is unknown, and that nobody has to mend the figure. */
export const UnknownNote = (props: {
  checkedAt: string | null;
  now: number;
}) => {
  const { checkedAt, now } = props;
  const { t } = useTexts();
  const words = useTimeWords();
  return (
    <Typography variant="body2" component="div">
      {checkedAt ? (
        <Moment instant={checkedAt}>
          {t('card.unknown.since', { ago: words.ago(checkedAt, now) })}
        </Moment>
      ) : (
        t('card.unknown.never')
      )}
      {'. '}
      {t('card.unknown.action')}
    </Typography>
  );
};
