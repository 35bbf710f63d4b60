/** Runs in the page: notes are generated, so there is no page to write them. */
import type { RouteRecordRaw } from 'vue-router';

export default function setUp(routes: RouteRecordRaw[]): RouteRecordRaw[] {
  return routes.filter(({ name }) => name !== 'notes-edit');
}
