import {
  MalformedAnnotationError,
  ServiceDescriptor,
  TicketPage,
  TicketScope,
  TicketSource,
  UpstreamError,
} from 'backstage-plugin-operational-excellence-node';
import { ANNOTATION_HERITAGE_TRACKER } from '../data';

const HOST = 'heritage.larkfield.example';

/**
 * A tracker that never answers, so that the demo shows what becomes of a service
 * whose source cannot be reached. No request leaves the machine.
 */
export class HeritageTracker implements TicketSource {
  readonly id = 'demo-heritage-tracker';
  readonly title = 'Heritage tracker (demo, never answers)';
  readonly annotations = [ANNOTATION_HERITAGE_TRACKER];
  readonly schedule = { every: 'PT1H' };

  private constructor() {}

  static create(): HeritageTracker {
    return new HeritageTracker();
  }

  scopesFor({ annotations }: ServiceDescriptor): TicketScope[] {
    const project = annotations[ANNOTATION_HERITAGE_TRACKER];
    if (project === undefined) return [];
    if (!/^[A-Z]{2,20}$/.test(project)) {
      throw new MalformedAnnotationError(
        ANNOTATION_HERITAGE_TRACKER,
        project,
        'a project in capital letters, such as CONVEYOR',
      );
    }
    return [
      {
        key: project,
        title: `Project ${project}`,
        matcher: { container: project },
      },
    ];
  }

  async verify(): Promise<void> {
    throw this.#unreachable();
  }

  changes(): AsyncIterable<TicketPage> {
    throw this.#unreachable();
  }

  #unreachable() {
    return new UpstreamError({
      kind: 'unavailable',
      source: this.id,
      operation: `GET https://${HOST}/tickets`,
      detail: `${HOST} cannot be found; it was switched off years ago`,
    });
  }
}
