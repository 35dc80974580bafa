import type { ReadinessTestDetail } from 'backstage-plugin-operational-excellence-common';
import { ListSkeleton } from '../../entityContent/ListSkeleton';
import { PrintButton } from '../../print';
import { useTexts } from '../../translation';
import type { Answering } from '../answers';
import { itemsOf } from '../items';
import { ReadItem } from '../result/ReadItem';
import { useMayPerform } from '../useMay';
import { FinishPanel } from './FinishPanel';
import { ItemForm } from './ItemForm';
import { RunNotices } from './RunNotices';
import { RunProgress } from './RunProgress';
import { Sections } from './Sections';
import { TestHead } from './TestHead';

/** A test that is being answered, by one or by several people at once. */
export const RunningTest = (props: {
  test: ReadinessTestDetail;
  answering: Answering;
  now: number;
  onChanged: () => void;
}) => {
  const { answering, now, onChanged, test } = props;
  const { book } = answering;
  const { t } = useTexts();
  const { denial, isAllowed } = useMayPerform(test);
  const items = itemsOf(test);
  // As long as it is not known whether one may.
  if (!isAllowed && !denial) {
    return <ListSkeleton label={t('readinessRuns.loading')} />;
  }
  return (
    <>
      <TestHead test={test} now={now} actions={<PrintButton />} />
      <RunNotices answering={answering} denial={denial} />
      <RunProgress book={book} items={items} />
      <Sections test={test}>
        {item =>
          isAllowed ? (
            <ItemForm key={item.id} book={book} item={item} now={now} />
          ) : (
            <ReadItem
              key={item.id}
              item={item}
              answer={test.answers.find(({ itemId }) => itemId === item.id)}
              now={now}
            />
          )
        }
      </Sections>
      {isAllowed && (
        <FinishPanel
          test={test}
          book={book}
          items={items}
          onChanged={onChanged}
        />
      )}
    </>
  );
};
