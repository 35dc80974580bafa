import { CustomErrorBase } from '@backstage/errors';

/** That a draft was sent from elsewhere, such as another tab of the browser. */
export class SentElsewhere extends CustomErrorBase {
  name = 'SentElsewhere';
}
