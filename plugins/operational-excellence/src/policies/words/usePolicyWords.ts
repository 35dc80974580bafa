import type { Policy } from 'backstage-plugin-operational-excellence-common';
import { useTimeWords } from '../../time';
import { percent } from '../../timeReport';
import { useTexts } from '../../translation';

/** A part of a policy, in sentences. */
export interface PolicyPart {
  part: 'backlog' | 'gameDay' | 'readinessTest' | 'evaluation' | 'exercise';
  sentences: string[];
}

/** What a policy asks, in words; what it leaves out is left out. */
export function usePolicyWords(): (policy: Policy) => PolicyPart[] {
  const { duration } = useTimeWords();
  const { t } = useTexts();

  const parts: { [Part in PolicyPart['part']]: (policy: Policy) => string[] } =
    {
      backlog: ({ backlog }) => {
        if (!backlog) return [];
        const { improvementShare, maxAge, warnBefore } = backlog;
        return [
          t('policies.words.backlog', {
            maxAge: duration(maxAge),
            warnBefore: duration(warnBefore),
          }),
          ...(improvementShare === undefined
            ? []
            : [
                t('policies.words.share', { share: percent(improvementShare) }),
              ]),
        ];
      },
      gameDay: ({ gameDay }) =>
        gameDay
          ? [
              t('policies.words.gameDay', {
                every: duration(gameDay.every),
                warnBefore: duration(gameDay.warnBefore),
                kinds: gameDay.counts
                  .map(kind => t(`policies.words.kinds.${kind}`))
                  .join(', '),
              }),
            ]
          : [],
      readinessTest: ({ readinessTest }) =>
        readinessTest
          ? [
              t('policies.words.readinessTest', {
                templates: readinessTest.templates.join(
                  t('policies.words.and'),
                ),
                every: duration(readinessTest.every),
                warnBefore: duration(readinessTest.warnBefore),
              }),
            ]
          : [],
      evaluation: ({ evaluation }) =>
        evaluation
          ? [
              t('policies.words.evaluation', {
                within: duration(evaluation.within),
              }),
            ]
          : [],
      exercise: ({ exercise }) => [
        ...(exercise?.approvers
          ? [
              t('policies.words.approvers', {
                approvers: exercise.approvers.join(t('policies.words.and')),
                kinds: exercise.approvalFor
                  .map(kind => t(`policies.words.kind.${kind}`))
                  .join(t('policies.words.or')),
              }),
            ]
          : []),
        ...(exercise?.retestWithin
          ? [
              t('policies.words.retest', {
                within: duration(exercise.retestWithin),
              }),
            ]
          : []),
      ],
    };

  const order = Object.keys(parts) as PolicyPart['part'][];
  return policy =>
    order
      .map(part => ({ part, sentences: parts[part](policy) }))
      .filter(({ sentences }) => sentences.length > 0);
}
