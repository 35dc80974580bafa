/**
 * A local endpoint that speaks the AWS FIS API, for development without an AWS
 * account.
 *
 * @packageDocumentation
 */
export { awsFisLocalPlugin as default } from './plugin';
export {
  signFisRequest,
  type FisRequestCredentials,
  type FisRequestToSign,
} from './sigv4';
