import {
  initiativeQuerySchema,
  operationalExcellenceInitiativeManagePermission as initiativeManage,
  operationalExcellenceServiceReadPermission as serviceRead,
} from 'backstage-plugin-operational-excellence-common';
import { Operation } from './Operation';

const noSuchInitiative = 'There is no such initiative';
const conflict =
  'Somebody changed the initiative since that version, or it is closed';

/** What can be asked of initiatives. */
export const initiativeOperations: Operation[] = [
  {
    id: 'listInitiatives',
    method: 'get',
    path: '/initiatives',
    tag: 'Initiatives',
    summary:
      'List initiatives and how far they have come: what ends first, then what was closed last',
    permission: serviceRead.name,
    onlyVisible: true,
    query: initiativeQuerySchema,
    answer: {
      status: 200,
      description: 'One page of initiatives',
      component: 'InitiativePage',
    },
  },
  {
    id: 'createInitiative',
    method: 'post',
    path: '/initiatives',
    tag: 'Initiatives',
    summary: 'Set a goal for a set of services, and until when',
    permission: initiativeManage.name,
    onlyVisible: true,
    body: 'InitiativeSubmission',
    isBodyRequired: true,
    answer: {
      status: 201,
      description: 'The initiative',
      component: 'Initiative',
    },
    otherAnswers: [
      {
        status: 200,
        description: 'It was created with the same key before',
        component: 'Initiative',
      },
    ],
    conflict: 'The key was used for another initiative',
  },
  {
    id: 'getInitiative',
    method: 'get',
    path: '/initiatives/{id}',
    tag: 'Initiatives',
    summary: 'One initiative, and how far it has come',
    permission: serviceRead.name,
    onlyVisible: true,
    answer: {
      status: 200,
      description: 'The initiative',
      component: 'Initiative',
    },
    notFound: noSuchInitiative,
  },
  {
    id: 'changeInitiative',
    method: 'patch',
    path: '/initiatives/{id}',
    tag: 'Initiatives',
    summary: 'Change an initiative that is not closed',
    permission: initiativeManage.name,
    onlyVisible: true,
    body: 'InitiativeChange',
    isBodyRequired: true,
    answer: {
      status: 200,
      description: 'The initiative',
      component: 'Initiative',
    },
    notFound: noSuchInitiative,
    conflict,
  },
  {
    id: 'closeInitiative',
    method: 'post',
    path: '/initiatives/{id}/close',
    tag: 'Initiatives',
    summary: 'Close an initiative, and keep how each service stands to it',
    permission: initiativeManage.name,
    onlyVisible: true,
    body: 'InitiativeClosing',
    isBodyRequired: true,
    answer: {
      status: 200,
      description: 'The initiative, closed',
      component: 'Initiative',
    },
    notFound: noSuchInitiative,
    conflict,
  },
];
