import {
  environmentQuerySchema,
  operationalExcellenceEnvironmentManagePermission as environmentManage,
  operationalExcellenceImprovementCreatePermission as improvementCreate,
  operationalExcellenceServiceReadPermission as serviceRead,
} from 'backstage-plugin-operational-excellence-common';
import { Operation } from './Operation';

/** What can be asked of environments, by people and pipelines. */
export const environmentOperations: Operation[] = [
  {
    id: 'listEnvironments',
    method: 'get',
    path: '/environments',
    tag: 'Environments',
    summary: 'List environments, newest first, removed ones included',
    permission: serviceRead.name,
    onlyVisible: true,
    query: environmentQuerySchema,
    answer: {
      status: 200,
      description: 'One page of environments',
      component: 'EnvironmentPage',
    },
  },
  {
    id: 'reportEnvironment',
    method: 'put',
    path: '/environments/{name}',
    tag: 'Environments',
    summary: 'Report an environment, as often as one likes',
    permission: environmentManage.name,
    onlyVisible: true,
    body: 'EnvironmentReport',
    isBodyRequired: true,
    answer: {
      status: 201,
      description: 'The environment is new',
      component: 'Environment',
    },
    otherAnswers: [
      {
        status: 200,
        description: 'The environment as it is now',
        component: 'Environment',
      },
    ],
    notFound:
      'It names a service that there is not, or that the caller may not see in the catalog',
    conflict: 'The environment was removed; report another one by another name',
  },
  {
    id: 'removeEnvironment',
    method: 'post',
    path: '/environments/{name}/removal',
    tag: 'Environments',
    summary: 'Report that an environment was removed',
    permission: environmentManage.name,
    onlyVisible: true,
    body: 'EnvironmentRemoval',
    answer: {
      status: 200,
      description: 'The environment, removed now or before',
      component: 'Environment',
    },
    notFound:
      'There is no such environment, or the caller may see none of its services in the catalog',
  },
  {
    id: 'chooseEnvironment',
    method: 'put',
    path: '/improvements/{id}/environment',
    tag: 'Environments',
    summary: 'Say where an improvement is tried',
    permission: improvementCreate.name,
    onlyVisible: true,
    body: 'EnvironmentChoice',
    isBodyRequired: true,
    answer: {
      status: 200,
      description: 'The improvement',
      component: 'ImprovementDetail',
    },
    notFound:
      'There is no such improvement or environment, or the caller may not see its services in the catalog',
  },
];
