import {
  operationalExcellenceServiceReadPermission as serviceRead,
  operationalExcellenceWaiverGrantPermission as waiverGrant,
  waiverQuerySchema,
} from 'backstage-plugin-operational-excellence-common';
import { noSuchService, Operation } from './Operation';

/** What can be asked of waivers. */
export const waiverOperations: Operation[] = [
  {
    id: 'listWaivers',
    method: 'get',
    path: '/waivers',
    tag: 'Waivers',
    summary: 'List waivers, past ones included',
    permission: serviceRead.name,
    onlyVisible: true,
    query: waiverQuerySchema,
    answer: {
      status: 200,
      description: 'One page of waivers',
      component: 'WaiverPage',
    },
  },
  {
    id: 'grantWaiver',
    method: 'post',
    path: '/waivers',
    tag: 'Waivers',
    summary: 'Except one measure of a service from its policy for a time',
    permission: waiverGrant.name,
    onlyVisible: true,
    body: 'WaiverRequest',
    isBodyRequired: true,
    answer: {
      status: 201,
      description: 'The waiver; the state of the service follows at once',
      component: 'Waiver',
    },
    notFound: noSuchService,
  },
  {
    id: 'revokeWaiver',
    method: 'delete',
    path: '/waivers/{id}',
    tag: 'Waivers',
    summary: 'End a waiver before its time',
    permission: waiverGrant.name,
    onlyVisible: true,
    answer: {
      status: 200,
      description: 'The waiver, revoked now or before',
      component: 'Waiver',
    },
    notFound:
      'There is no such waiver, or the caller may not see its service in the catalog',
    conflict: 'The time of the waiver is over',
  },
];
