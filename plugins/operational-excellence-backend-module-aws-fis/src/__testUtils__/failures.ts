import {
  Behaviour,
  behaviours,
  UpstreamFailure,
} from 'backstage-plugin-operational-excellence-node/testUtils';

const { html, json, silence, truncatedJson } = behaviours;

const awsError = (status: number, type: string, message: string): Behaviour =>
  json({ message }, { status, headers: { 'x-amzn-errortype': type } });

/** How AWS, or what stands between it and us, fails. */
export const FAILURES: Record<UpstreamFailure, Behaviour> = {
  unauthorized: awsError(
    403,
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
  ),
  forbidden: awsError(
    403,
    'AccessDeniedException',
    'User: arn:aws:iam::123456789012:user/reader is not authorized to perform this operation',
  ),
  'not-found': awsError(404, 'UnknownOperationException', 'No such operation'),
  'rate-limited': awsError(400, 'ThrottlingException', 'Rate exceeded'),
  html: html(),
  truncated: truncatedJson({
    experiments: [],
    experimentTemplates: [],
    nextToken: 'abc',
  }),
  'wrong-shape': json({ experiments: 'none', experimentTemplates: 'none' }),
  down: awsError(503, 'ServiceUnavailableException', 'Try again later'),
  silent: silence(),
  'empty-without-rights': json({ experiments: [], experimentTemplates: [] }),
};
