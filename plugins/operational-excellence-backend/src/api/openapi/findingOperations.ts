import {
  findingQuerySchema,
  lessonQuerySchema,
  operationalExcellenceExerciseManagePermission as exerciseManage,
  operationalExcellenceServiceReadPermission as serviceRead,
} from 'backstage-plugin-operational-excellence-common';
import { Operation } from './Operation';

const noSuchFinding =
  'There is no such finding, or the caller may not see its service in the catalog';

/** What can be asked of findings, and of what they teach. */
export const findingOperations: Operation[] = [
  {
    id: 'listFindings',
    method: 'get',
    path: '/findings',
    tag: 'Findings',
    summary: 'List what exercises and readiness tests brought to light',
    permission: serviceRead.name,
    onlyVisible: true,
    query: findingQuerySchema,
    answer: {
      status: 200,
      description: 'One page of findings',
      component: 'FindingPage',
    },
  },
  {
    id: 'createFinding',
    method: 'post',
    path: '/findings',
    tag: 'Findings',
    summary:
      'Write down a finding; one of a readiness test needs the permission to perform these instead',
    permission: exerciseManage.name,
    onlyVisible: true,
    body: 'FindingSubmission',
    isBodyRequired: true,
    answer: {
      status: 201,
      description: 'The finding',
      component: 'Finding',
    },
    otherAnswers: [
      {
        status: 200,
        description: 'The same finding was written down before',
        component: 'Finding',
      },
    ],
    notFound:
      'There is no such service, exercise or readiness test, or the caller may not see the service in the catalog',
    conflict: 'The key was already used for another finding',
  },
  {
    id: 'getFinding',
    method: 'get',
    path: '/findings/{id}',
    tag: 'Findings',
    summary: 'One finding, and what became of it',
    permission: serviceRead.name,
    onlyVisible: true,
    answer: { status: 200, description: 'The finding', component: 'Finding' },
    notFound: noSuchFinding,
  },
  {
    id: 'changeFinding',
    method: 'patch',
    path: '/findings/{id}',
    tag: 'Findings',
    summary:
      'Change what was written of a finding; one of a readiness test needs the permission to perform these instead',
    permission: exerciseManage.name,
    onlyVisible: true,
    body: 'FindingChange',
    isBodyRequired: true,
    answer: {
      status: 200,
      description: 'The finding as it is now',
      component: 'Finding',
    },
    notFound: `${noSuchFinding}; or the service has no such improvement`,
    conflict:
      'Somebody changed the finding since that version; the message says who and when',
  },
  {
    id: 'retestFinding',
    method: 'post',
    path: '/findings/{id}/retests',
    tag: 'Findings',
    summary:
      'Put down what a later exercise or experiment showed; for a finding of a readiness test it needs the permission to perform these instead',
    permission: exerciseManage.name,
    onlyVisible: true,
    body: 'RetestSubmission',
    isBodyRequired: true,
    answer: {
      status: 201,
      description: 'The finding with the re-test',
      component: 'Finding',
    },
    otherAnswers: [
      {
        status: 200,
        description: 'The same re-test was put down before',
        component: 'Finding',
      },
    ],
    notFound: `${noSuchFinding}; or the service has no such exercise or experiment`,
    conflict: 'The key was already used for another re-test',
  },
  {
    id: 'listLessons',
    method: 'get',
    path: '/lessons',
    tag: 'Findings',
    summary: 'Search what findings teach, newest first',
    permission: serviceRead.name,
    onlyVisible: true,
    query: lessonQuerySchema,
    answer: {
      status: 200,
      description: 'One page of lessons, and the tags that are most used',
      component: 'LessonPage',
    },
  },
];
