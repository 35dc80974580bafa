import type { ReadinessItem } from 'backstage-plugin-operational-excellence-common';
import { Markdown } from '../../entityContent/loop/Markdown';
import { useTexts } from '../../translation';
import { ItemMarks } from '../words';
import { useItemStyles } from './useItemStyles';

/** The question of an item, with what helps to answer it. */
export const ItemHead = (props: { id: string; item: ReadinessItem }) => {
  const { id, item } = props;
  const classes = useItemStyles();
  const { t } = useTexts();
  return (
    <>
      <h4 id={id} className={classes.question}>
        {item.question}
      </h4>
      <ItemMarks item={item} />
      {item.guidance && (
        <details className={classes.guidance}>
          <summary>{t('readinessRuns.guidance')}</summary>
          <div className={classes.guidanceText}>
            <Markdown content={item.guidance} />
          </div>
        </details>
      )}
    </>
  );
};
