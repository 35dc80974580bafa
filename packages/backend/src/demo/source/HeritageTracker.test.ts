import {
  MalformedAnnotationError,
  UpstreamError,
} from 'backstage-plugin-operational-excellence-node';
import { ANNOTATION_HERITAGE_TRACKER, DEMO_SERVICES } from '../data';
import { HeritageTracker } from './HeritageTracker';

const service = (annotations: Record<string, string>) => ({
  entityRef: 'component:default/conveyor-bridge',
  title: 'Conveyor Bridge',
  annotations,
});

describe('HeritageTracker', () => {
  const tracker = HeritageTracker.create();

  it('holds the tickets of services that name a project', () => {
    expect(tracker.scopesFor(service({}))).toEqual([]);
    const [demo] = DEMO_SERVICES.filter(
      ({ annotations }) => annotations?.[ANNOTATION_HERITAGE_TRACKER],
    );
    expect(tracker.scopesFor(service(demo.annotations!))).toEqual([
      {
        key: 'CONVEYOR',
        title: 'Project CONVEYOR',
        matcher: { container: 'CONVEYOR' },
      },
    ]);
    expect(() =>
      tracker.scopesFor(service({ [ANNOTATION_HERITAGE_TRACKER]: 'a b' })),
    ).toThrow(MalformedAnnotationError);
  });

  it('never answers', async () => {
    await expect(tracker.verify()).rejects.toThrow(UpstreamError);
    expect(() => tracker.changes()).toThrow(/cannot be found/);
  });
});
