import type {
  SavedView,
  SavedViewSubmission,
} from 'backstage-plugin-operational-excellence-common';
import { refusal } from './refusal';

/** A view that the reader has saved, unless told otherwise. */
export function savedView(
  id: string,
  overrides: Partial<SavedView> = {},
): SavedView {
  return {
    id,
    title: `View ${id}`,
    search: 'state=overdue',
    shared: false,
    createdBy: 'user:default/guest',
    createdAt: new Date().toISOString(),
    mayChange: true,
    ...overrides,
  };
}

/** The saved views of the fake backend. */
export class FakeSavedViews {
  #views: SavedView[];

  constructor(views: SavedView[]) {
    this.#views = [...views];
  }

  list(): { items: SavedView[] } {
    const items = [...this.#views];
    return { items: items.sort((a, b) => a.title.localeCompare(b.title)) };
  }

  save(submission: SavedViewSubmission): SavedView {
    const saved = savedView(`saved-${this.#views.length + 1}`, submission);
    this.#views.push(saved);
    return saved;
  }

  async change(id: string, submission: SavedViewSubmission) {
    const changed = { ...(await this.#get(id)), ...submission };
    this.#views = this.#views.map(each => (each.id === id ? changed : each));
    return changed;
  }

  async remove(id: string): Promise<void> {
    await this.#get(id);
    this.#views = this.#views.filter(each => each.id !== id);
  }

  async #get(id: string): Promise<SavedView> {
    const found = this.#views.find(each => each.id === id);
    if (!found) throw await refusal(404, `No view ${id}`);
    return found;
  }
}
