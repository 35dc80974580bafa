import type { ReadinessTestDetail } from 'backstage-plugin-operational-excellence-common';
import { PrintButton } from '../../print';
import { useFindingDialogs } from '../../findings/useFindingDialogs';
import { Answering } from '../answers';
import { itemElementId, itemsOf } from '../items';
import { Leftovers } from '../running/Leftovers';
import { Sections } from '../running/Sections';
import { TestHead } from '../running/TestHead';
import { DifferenceSection } from './DifferenceSection';
import { FailingItem } from './FailingItem';
import { ReadItem } from './ReadItem';
import { ResultFacts } from './ResultFacts';
import { SignOffPanel } from './SignOffPanel';
import { useTestFindings } from './useTestFindings';

/** A test that takes no answers any more. */
export const FinishedTest = (props: {
  test: ReadinessTestDetail;
  answering: Answering;
  now: number;
  onChanged: () => void;
}) => {
  const { answering, now, onChanged, test } = props;
  const findings = useTestFindings(test);
  const dialogs = useFindingDialogs();
  const answers = new Map(test.answers.map(each => [each.itemId, each]));
  return (
    <>
      <TestHead test={test} now={now} actions={<PrintButton />} />
      <Leftovers book={answering.book} items={itemsOf(test)} />
      {test.state !== 'discarded' && <ResultFacts test={test} now={now} />}
      {test.state === 'awaiting-sign-off' && (
        <SignOffPanel test={test} onChanged={onChanged} />
      )}
      {test.previousId && test.state !== 'discarded' && (
        <DifferenceSection id={test.id} from={test.previousId} />
      )}
      <Sections test={test}>
        {item => {
          const answer = answers.get(item.id);
          return (
            <ReadItem key={item.id} item={item} answer={answer} now={now}>
              {answer?.value === 'no' && test.state !== 'discarded' && (
                <FailingItem
                  test={test}
                  item={item}
                  questionId={`${itemElementId(item.id)}-question`}
                  findings={findings}
                  dialogs={dialogs}
                  now={now}
                />
              )}
            </ReadItem>
          );
        }}
      </Sections>
      {dialogs.dialog}
    </>
  );
};
