import type {
  Finding,
  ReadinessItem,
  ReadinessTestDetail,
} from 'backstage-plugin-operational-excellence-common';
import { AllowedButton } from '../../allowance';
import { errorText } from '../../feedback';
import { FindingList } from '../../findings/FindingList';
import type { useFindingDialogs } from '../../findings/useFindingDialogs';
import { useMayWrite } from '../../findings/useMayWrite';
import { Loadable } from '../../loading';
import { useTexts } from '../../translation';

/** What an item that was answered with no has led to, and the way on from it. */
export const FailingItem = (props: {
  test: ReadinessTestDetail;
  item: ReadinessItem;
  /** The id of the element that asks the question. */
  questionId: string;
  findings: Loadable<Finding[]>;
  dialogs: ReturnType<typeof useFindingDialogs>;
  now: number;
}) => {
  const { dialogs, findings, item, now, questionId, test } = props;
  const { entityRef, entityTitle, id } = test;
  const { t } = useTexts();
  const mayWrite = useMayWrite(entityRef, 'readiness-test');
  const ofItem =
    findings.status === 'ready'
      ? findings.value.filter(({ origin }) => origin.itemId === item.id)
      : [];
  return (
    <>
      {ofItem.length > 0 && (
        <FindingList
          findings={ofItem}
          now={now}
          hidesOrigin
          onAct={dialogs.act}
        />
      )}
      {findings.status === 'failed' && (
        <div role="alert">
          {t('readinessRuns.failing.unknown', {
            message: errorText(findings.error),
          })}
        </div>
      )}
      <div>
        <AllowedButton
          label={t('readinessRuns.failing.addFinding')}
          describedBy={questionId}
          allowance={mayWrite}
          onClick={() =>
            dialogs.add({
              title: t('readinessRuns.failing.origin', {
                question: item.question,
                template: test.templateTitle,
              }),
              services: [{ entityRef, title: entityTitle }],
              origin: { readinessTestId: id, readinessItemId: item.id },
            })
          }
        />
      </div>
    </>
  );
};
