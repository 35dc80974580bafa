import { parseProjects } from './projectAnnotation';

const instances = ['acme', 'labs'];
const of = (instance: string) => (value: string) =>
  parseProjects(value, { instance, instances });

describe('parseProjects', () => {
  it('gives the projects of the instance, each once', () => {
    const value = 'payments, labs/rockets,acme/payments-ui,payments';
    expect(of('acme')(value)).toEqual(['payments', 'payments-ui']);
    expect(of('labs')(value)).toEqual(['rockets']);
  });

  it('takes an identifier without an instance for one of the first', () => {
    expect(of('labs')('payments')).toEqual([]);
  });

  it('says which instances there are', () => {
    expect(() => of('acme')('other/payments')).toThrow(
      'The annotation redmine.org/project is "other/payments"; expected one of the configured instances before the slash: acme, labs',
    );
  });

  it('bears no more projects than a service can have', () => {
    const many = Array.from({ length: 51 }, (_, i) => `project-${i}`);
    expect(() => of('acme')(many.join())).toThrow('at most 50 projects');
  });
});
