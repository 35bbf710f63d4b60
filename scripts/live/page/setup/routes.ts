/** Runs in the page: removes the page for editing notes, because notes are generated. */
import type { RouteRecordRaw } from 'vue-router';

export default function setUp(routes: RouteRecordRaw[]): RouteRecordRaw[] {
  return routes.filter(({ name }) => name !== 'notes-edit');
}
