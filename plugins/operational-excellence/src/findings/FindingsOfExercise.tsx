import { useApi } from '@backstage/frontend-plugin-api';
import type {
  ExerciseDetail,
  Finding,
} from 'backstage-plugin-operational-excellence-common';
import { AllowedButton } from '../allowance';
import { operationalExcellenceApiRef } from '../api';
import { ListSkeleton } from '../entityContent/ListSkeleton';
import { Note } from '../entityContent/Note';
import { Section } from '../entityContent/Section';
import { useMayManage } from '../exercises/useMayManage';
import { LoadFailure } from '../feedback';
import { useServiceChanges } from '../improvements';
import { LoadMore, usePages } from '../paging';
import { useNotPrinted } from '../print';
import { useNow } from '../time';
import { useTexts } from '../translation';
import { FindingList } from './FindingList';
import { useFindingDialogs } from './useFindingDialogs';

const PAGE_SIZE = 50;

/** What an exercise brought to light, what became of it, and a way to add to it. */
export const FindingsOfExercise = (props: {
  exercise: Pick<
    ExerciseDetail,
    'id' | 'title' | 'kind' | 'services' | 'state'
  >;
}) => {
  const { exercise } = props;
  const { id, kind, services, state, title } = exercise;
  const api = useApi(operationalExcellenceApiRef);
  const now = useNow();
  const notPrinted = useNotPrinted();
  const { t } = useTexts();
  const allowance = useMayManage(services, 'any');
  const dialogs = useFindingDialogs();
  const changes = useServiceChanges();
  const { list, more } = usePages<Finding>(
    `${id} ${changes}`,
    (cursor, signal) =>
      api.getFindings(
        { exerciseId: [id], sort: 'createdAt', limit: PAGE_SIZE, cursor },
        { signal },
      ),
  );

  const content = () => {
    if (list.status === 'loading') {
      return <ListSkeleton label={t('findings.loading')} />;
    }
    if (list.status !== 'ready') return <LoadFailure failure={list} />;
    if (list.value.items.length === 0) {
      return <Note>{t('findings.emptyOfExercise')}</Note>;
    }
    return (
      <>
        <FindingList
          findings={list.value.items}
          now={now}
          hasService={services.length > 1}
          hidesOrigin
          onAct={dialogs.act}
        />
        {(more.status !== 'end' || list.value.count > 1) && (
          <LoadMore pages={list.value} more={more} />
        )}
      </>
    );
  };

  return (
    <Section
      title={t('findings.title')}
      action={
        state === 'cancelled' ? undefined : (
          <div className={notPrinted}>
            <AllowedButton
              label={t('findings.add')}
              allowance={allowance}
              onClick={() =>
                dialogs.add({
                  title: `${t(`findings.origin.${kind}`)} ${title}`,
                  services,
                  origin: { exerciseId: id },
                })
              }
            />
          </div>
        )
      }
    >
      {content()}
      {dialogs.dialog}
    </Section>
  );
};
