import {
  improvementQuerySchema,
  operationalExcellenceImprovementCreatePermission as improvementCreate,
  operationalExcellenceServiceReadPermission as serviceRead,
  similarTicketQuerySchema,
} from 'backstage-plugin-operational-excellence-common';
import { noSuchService, Operation } from './Operation';

export const noSuchImprovement =
  'There is no such improvement, or the caller may not see its service in the catalog';

/** What can be asked of improvements that are filed from the portal. */
export const improvementOperations: Operation[] = [
  {
    id: 'listImprovements',
    method: 'get',
    path: '/improvements',
    tag: 'Improvements',
    summary: 'List improvements that were filed from the portal, newest first',
    permission: serviceRead.name,
    onlyVisible: true,
    query: improvementQuerySchema,
    answer: {
      status: 200,
      description: 'One page of improvements',
      component: 'ImprovementPage',
    },
  },
  {
    id: 'submitImprovement',
    method: 'post',
    path: '/improvements',
    tag: 'Improvements',
    summary: 'File an improvement in a tracker of a service',
    permission: improvementCreate.name,
    onlyVisible: true,
    body: 'ImprovementSubmission',
    isBodyRequired: true,
    answer: {
      status: 201,
      description: 'The improvement is filed',
      component: 'Improvement',
    },
    otherAnswers: [
      {
        status: 200,
        description: 'The improvement that was submitted with this key before',
        component: 'Improvement',
      },
      {
        status: 202,
        description:
          'The improvement is kept: it is filed once its tracker can be reached, or waits for a correction',
        component: 'Improvement',
      },
    ],
    notFound: noSuchService,
    conflict: 'The key was already used for another improvement',
  },
  {
    id: 'getImprovement',
    method: 'get',
    path: '/improvements/{id}',
    tag: 'Improvements',
    summary: 'One improvement, with its past and its alternatives',
    permission: serviceRead.name,
    onlyVisible: true,
    answer: {
      status: 200,
      description: 'The improvement',
      component: 'ImprovementDetail',
    },
    notFound: noSuchImprovement,
  },
  {
    id: 'resendImprovement',
    method: 'post',
    path: '/improvements/{id}/resend',
    tag: 'Improvements',
    summary: 'Correct an improvement that its tracker refused, and file it',
    permission: improvementCreate.name,
    onlyVisible: true,
    body: 'ImprovementCorrection',
    isBodyRequired: true,
    answer: {
      status: 200,
      description: 'The improvement is filed',
      component: 'Improvement',
    },
    otherAnswers: [
      {
        status: 202,
        description: 'The improvement is kept, and not filed yet',
        component: 'Improvement',
      },
    ],
    notFound: noSuchImprovement,
    conflict: 'The improvement was not refused',
  },
  {
    id: 'listTrackers',
    method: 'get',
    path: '/services/{kind}/{namespace}/{name}/trackers',
    tag: 'Improvements',
    summary: 'List where improvements of a service can be filed',
    permission: serviceRead.name,
    onlyVisible: true,
    answer: {
      status: 200,
      description: 'The trackers, the one first that is taken by default',
      component: 'TrackerList',
    },
    notFound: noSuchService,
  },
  {
    id: 'listSimilarTickets',
    method: 'get',
    path: '/services/{kind}/{namespace}/{name}/similar-tickets',
    tag: 'Improvements',
    summary: 'Find open tickets of a service that look like a title',
    permission: serviceRead.name,
    onlyVisible: true,
    query: similarTicketQuerySchema,
    answer: {
      status: 200,
      description: 'The tickets, most alike first',
      component: 'SimilarTicketList',
    },
    notFound: noSuchService,
  },
];
